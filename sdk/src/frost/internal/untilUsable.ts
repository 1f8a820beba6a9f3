/** Repeats a run that all members repeat alike until its result can be used. */
export async function untilUsable<T>(
  run: (attempt: number) => Promise<T>,
  isUsable: (result: T) => boolean,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const result = await run(attempt);
    if (isUsable(result)) return result;
  }
}

const ANSWERS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["yes", true],
  ["false", false],
  ["0", false],
  ["no", false],
]);

/** Whether a user is eligible: true, 1 or yes; false, 0 or no; in any case. None for anything else. */
export function toAnswer(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return ANSWERS.get(String(value));
  return typeof value === "string" ? ANSWERS.get(value.toLowerCase()) : undefined;
}

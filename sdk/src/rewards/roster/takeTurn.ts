/** Lets whatever else waits have its turn, so that long work does not stop a page or a server. */
export function takeTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

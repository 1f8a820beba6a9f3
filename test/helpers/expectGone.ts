import { expect } from "chai";

/** Whether a process is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until none of the processes is there any more. */
export async function expectGone(pids: readonly number[]): Promise<void> {
  const end = Date.now() + 5_000;
  while (pids.some(isAlive) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(pids.filter(isAlive)).to.deep.equal([]);
}

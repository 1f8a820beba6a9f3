import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";

import { id } from "ethers";

const AT_ONCE = 10_000;

/** Writes the lines of `users` users as CSV; every fourth is not eligible. */
export async function writeLines(path: string, users: number): Promise<void> {
  const file = createWriteStream(path);
  file.write("userId,eligible\n");
  for (let start = 0; start < users; start += AT_ONCE) {
    const length = Math.min(AT_ONCE, users - start);
    const lines = Array.from({ length }, (_, k) => `${id(`user ${start + k}`)},${(start + k) % 4 !== 3}\n`);
    if (!file.write(lines.join(""))) await new Promise<void>((resolve) => file.once("drain", resolve));
  }
  file.end();
  await finished(file);
}

import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Asks on the terminal, and shows nothing of the answer. */
export async function askSecret(question: string): Promise<string> {
  process.stderr.write(question);
  const silence = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: silence, terminal: true });
  // The terminal is in raw mode, where Ctrl-C is a key.
  lines.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return await lines.question("");
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}

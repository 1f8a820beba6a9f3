import { createReadStream } from "node:fs";

/** A file's bytes, some at a time. It is opened when the first ones are asked for, so that nobody misses its error. */
export async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path) as AsyncIterable<Uint8Array>;
}

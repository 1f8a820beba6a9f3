/** Bytes that a line may have. */
export const MAX_LINE_LENGTH = 4_096;

/** A line of text, or why it is none. Lines count from 1. */
export type TextLine =
  { readonly line: number; readonly text: string } | { readonly line: number; readonly fault: string };

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Cuts bytes into lines, some at a time, and holds no more than one chunk and one line of them. A line that has a NUL, is
 * longer than {@link MAX_LINE_LENGTH}, or is no UTF-8, is a fault.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly TextLine[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let line = 0;
  let rest = new Uint8Array(0);
  // The line went on beyond what is kept of it.
  let tooLong = false;

  const finish = (bytes: Uint8Array): TextLine => {
    line += 1;
    const length = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
    const isTooLong = tooLong || length > MAX_LINE_LENGTH;
    tooLong = false;
    if (isTooLong) return { line, fault: `the line has more than ${MAX_LINE_LENGTH} bytes` };
    const content = bytes.subarray(0, length);
    if (content.includes(0)) return { line, fault: "the line has a NUL" };
    try {
      const text = decoder.decode(content);
      return { line, text: line === 1 && text.startsWith("\ufeff") ? text.slice(1) : text };
    } catch {
      return { line, fault: "the line is no UTF-8" };
    }
  };

  for await (const chunk of chunks) {
    const lines: TextLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      const piece = chunk.subarray(start, end);
      lines.push(finish(rest.length === 0 ? piece : joined(rest, piece.subarray(0, MAX_LINE_LENGTH + 2))));
      rest = new Uint8Array(0);
      start = end + 1;
    }
    const left = chunk.subarray(start);
    if (rest.length + left.length > MAX_LINE_LENGTH + 1) tooLong = true;
    else rest = joined(rest, left);
    yield lines;
  }
  if (rest.length > 0 || tooLong) yield [finish(rest)];
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

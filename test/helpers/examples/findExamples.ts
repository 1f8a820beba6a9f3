import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** A block of code out of a comment. */
export type Example = {
  /** Path from the SDK's source folder. */
  readonly file: string;
  /** The line of its `@example` tag. */
  readonly line: number;
  readonly code: string;
};

function examplesOf(text: string, file: string): Example[] {
  const examples: Example[] = [];
  let open: { line: number; code: string[] } | undefined;
  const close = () => {
    if (open !== undefined) examples.push({ file, line: open.line, code: open.code.join("\n").trim() });
    open = undefined;
  };
  for (const [index, source] of text.split("\n").entries()) {
    const comment = /^\s*\* ?(.*)$/.exec(source)?.[1];
    if (comment === undefined || /^\s*\*\//.test(source)) close();
    else if (/^@example\b/.test(comment)) {
      close();
      open = { line: index + 1, code: [] };
    } else if (/^@\w/.test(comment)) close();
    else if (!comment.startsWith("```")) open?.code.push(comment);
  }
  return examples;
}

/** Every `@example` in the TypeScript files of a folder, in the order of their paths. */
export function findExamples(folder: string): Example[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((path) => examplesOf(readFileSync(path, "utf8"), relative(folder, path)));
}

/** Fails where a page links to a file of the tree, or to a heading of a page, that is not there. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g;

/** The anchors of a page's headings, as hosts of Markdown make them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

const pages = execFileSync("git", ["ls-files", "*.md"], { cwd: ROOT, encoding: "utf8" }).split("\n").filter(Boolean);
let links = 0;
const problems: string[] = [];

for (const page of pages) {
  const text = readFileSync(join(ROOT, page), "utf8");
  for (const [, target = ""] of text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(LINK)) {
    if (/^[a-z]+:/.test(target)) continue;
    ++links;
    const [file = "", anchor] = target.split("#");
    const path = file === "" ? page : normalize(join(dirname(page), file));
    if (!existsSync(join(ROOT, path))) problems.push(`${page}: there is no ${target}`);
    else if (anchor !== undefined && !anchorsOf(readFileSync(join(ROOT, path), "utf8")).has(anchor)) {
      problems.push(`${page}: ${path} has no heading for #${anchor}`);
    }
  }
}

for (const problem of problems) console.error(problem);
console.log(`${pages.length} pages, ${links} links, ${problems.length} problems.`);
process.exitCode = problems.length > 0 || pages.length === 0 ? 1 : 0;

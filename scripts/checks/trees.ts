/**
 * Holds the branches of each `test/**\/<name>.tree` against the tests of `<name>.ts` beside it: every leaf has its test, and
 * every test its leaf, under the same branches. `--write` draws anew those that differ.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

/** A branch or a leaf, with what hangs on it. */
type Node = { readonly title: string; readonly leaf: boolean; readonly children: Node[] };

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The tests of a file as `describe` and `it` nest them. What a template fills in reads `<expression>`. */
export function testsOf(source: string): Node[] {
  const roots: Node[] = [];
  const visit = (node: ts.Node, siblings: Node[]): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const kind = node.expression.text;
      const title = node.arguments[0] === undefined ? undefined : titleOf(node.arguments[0]);
      if ((kind === "describe" || kind === "it") && title !== undefined) {
        const leaf = kind === "it";
        const found = siblings.find((sibling) => sibling.title === title && sibling.leaf === leaf);
        const own = found ?? { title, leaf, children: [] };
        if (found === undefined) siblings.push(own);
        if (!leaf) {
          node.arguments.slice(1).forEach((argument) => {
            visit(argument, own.children);
          });
        }
        return;
      }
    }
    ts.forEachChild(node, (child) => {
      visit(child, siblings);
    });
  };
  visit(ts.createSourceFile("test.ts", source, ts.ScriptTarget.Latest, true), roots);
  return roots;
}

function titleOf(argument: ts.Expression): string {
  if (ts.isStringLiteralLike(argument)) return argument.text;
  const source = argument.getSourceFile();
  if (!ts.isTemplateExpression(argument)) return `<${argument.getText(source)}>`;
  return argument.templateSpans.reduce(
    (title, span) => `${title}<${span.expression.getText(source)}>${span.literal.text}`,
    argument.head.text,
  );
}

/** The full path of each leaf. A tree's first line may name several levels, as in `Contract.function`. */
export function pathsOfTree(tree: string): string[] {
  const paths: string[] = [];
  let root: string[] = [];
  let branch: string[] = [];
  for (const line of tree.split("\n").filter((each) => each.trim() !== "")) {
    const drawn = /^(?<indent>(?:[│ ] {3})*)[├└]── (?<title>.*)$/u.exec(line)?.groups;
    if (drawn === undefined) {
      root = line.trim().split(".");
      branch = [];
      continue;
    }
    const depth = (drawn.indent ?? "").length / 4;
    const title = (drawn.title ?? "").trim();
    branch = branch.slice(0, depth);
    if (title.startsWith("it ")) paths.push(pathOf([...root, ...branch, title.slice(3)]));
    else branch[depth] = title;
  }
  return paths;
}

export function pathsOfTests(nodes: readonly Node[], above: readonly string[] = []): string[] {
  return nodes.flatMap((node) => {
    const path = [...above, node.title];
    return node.leaf ? [pathOf(path)] : pathsOfTests(node.children, path);
  });
}

const SEPARATOR = " > ";

function pathOf(titles: readonly string[]): string {
  return titles.join(SEPARATOR);
}

/** Whether a leaf is one of what a test stands for: a table-driven test stands for whatever fills its placeholders. */
function standsFor(test: string, leaf: string): boolean {
  const pattern = test
    .split(/<[^>]*>/u)
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&"))
    .join("(?:(?! > ).)+");
  return new RegExp(`^${pattern}$`, "u").test(leaf);
}

export function draw(nodes: readonly Node[], indent = ""): string {
  return nodes
    .map((node, i) => {
      const last = i === nodes.length - 1;
      const line = `${indent}${last ? "└── " : "├── "}${node.leaf ? "it " : ""}${node.title}\n`;
      return line + draw(node.children, indent + (last ? "    " : "│   "));
    })
    .join("");
}

/** The differences between a tree and its tests, one sentence each. */
export function differences(tree: string, tests: string): string[] {
  const leaves = pathsOfTree(tree);
  const titles = pathsOfTests(testsOf(tests));
  return [
    ...(leaves.length === 0 ? ["it has no leaf"] : []),
    ...leaves.filter((leaf) => !titles.some((title) => standsFor(title, leaf))).map((leaf) => `no test for: ${leaf}`),
    ...titles.filter((title) => !leaves.some((leaf) => standsFor(title, leaf))).map((title) => `no leaf for: ${title}`),
    ...leaves.filter((leaf, i) => leaves.indexOf(leaf) !== i).map((leaf) => `twice: ${leaf}`),
  ];
}

function main(): void {
  const write = process.argv.includes("--write");
  const trees = globSync("test/**/*.tree", { cwd: ROOT }).map((path) => `${ROOT}${path}`);
  let failed = trees.length === 0;
  let leaves = 0;
  for (const path of trees.toSorted()) {
    const testPath = path.replace(/\.tree$/u, ".ts");
    if (!existsSync(testPath)) {
      console.error(`${relative(ROOT, path)}: there is no ${relative(ROOT, testPath)}`);
      failed = true;
      continue;
    }
    const tests = readFileSync(testPath, "utf8");
    if (write && differences(readFileSync(path, "utf8"), tests).length > 0) {
      const roots = testsOf(tests);
      writeFileSync(path, roots.map((root) => `${root.title}\n${draw(root.children)}`).join("\n"));
    }
    const tree = readFileSync(path, "utf8");
    leaves += pathsOfTree(tree).length;
    for (const difference of differences(tree, tests)) {
      console.error(`${relative(ROOT, path)}: ${difference}`);
      failed = true;
    }
  }
  console.log(`${trees.length} trees, ${leaves} leaves`);
  if (failed) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();

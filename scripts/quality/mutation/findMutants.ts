import { createRequire } from "node:module";

/** One change of a source. Positions are bytes. */
export type Mutant = {
  readonly operator: string;
  readonly line: number;
  readonly start: number;
  readonly length: number;
  readonly from: string;
  readonly to: string;
};

type Node = Readonly<Record<string, unknown>> & { readonly nodeType?: string; readonly src?: string };
type Solc = { readonly compile: (input: string) => string };

/** What each operator is changed into. */
const BINARY: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "&": ["|"],
  "|": ["&"],
  "^": ["&"],
  "<<": [">>"],
  ">>": ["<<"],
  "&&": ["||"],
  "||": ["&&"],
};
const ASSIGNMENT: Readonly<Record<string, readonly string[]>> = {
  "+=": ["-=", "="],
  "-=": ["+=", "="],
  "|=": ["&=", "="],
  "&=": ["|=", "="],
  "^=": ["|=", "="],
  "<<=": [">>="],
  ">>=": ["<<="],
};
const DELETED = new Set(["ExpressionStatement", "EmitStatement", "RevertStatement"]);

function spanOf(node: Node): readonly [start: number, end: number] {
  const [start = 0, length = 0] = (node.src ?? "").split(":").map(Number);
  return [start, start + length];
}

/** Every mutant of a source, in the order of the source. */
export function findMutants(source: string): Mutant[] {
  const solc = createRequire(import.meta.url)("solc") as Solc;
  const bytes = Buffer.from(source);
  const input = {
    language: "Solidity",
    sources: { "mutated.sol": { content: source } },
    settings: { stopAfter: "parsing", outputSelection: { "*": { "": ["ast"] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
    readonly sources?: Readonly<Record<string, { readonly ast: Node }>>;
  };
  const mutants: Mutant[] = [];
  const add = (operator: string, start: number, end: number, to: string): void => {
    const from = bytes.subarray(start, end).toString();
    const line = bytes.subarray(0, start).toString().split("\n").length;
    mutants.push({ operator, line, start, length: end - start, from, to });
  };
  /** The operator between two operands, by whose places it is found. */
  const between = (kind: string, left: Node, right: Node, operator: string, others: readonly string[]): void => {
    const [, from] = spanOf(left);
    const at = bytes.subarray(from, spanOf(right)[0]).toString().indexOf(operator);
    if (at >= 0) for (const to of others) add(kind, from + at, from + at + operator.length, to);
  };

  const visit = (value: unknown, inHeader: boolean): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each, inHeader);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    const node = value as Node;
    const [start, end] = spanOf(node);
    const operator = String(node.operator);
    if (node.nodeType === "BinaryOperation") {
      const others = BINARY[operator] ?? [];
      between("operator", node.leftExpression as Node, node.rightExpression as Node, operator, others);
    }
    if (node.nodeType === "Assignment") {
      between(
        "assignment",
        node.leftHandSide as Node,
        node.rightHandSide as Node,
        operator,
        ASSIGNMENT[operator] ?? [],
      );
    }
    if (node.nodeType === "UnaryOperation" && (operator === "!" || operator === "~")) {
      add("negation", start, start + 1, " ");
    }
    if (node.nodeType === "IfStatement" || node.nodeType === "Conditional") {
      const [from, to] = spanOf(node.condition as Node);
      add("condition", from, to, "true");
      add("condition", from, to, "false");
    }
    if (node.nodeType === "ModifierInvocation") {
      const { name } = node.modifierName as { readonly name: string };
      // A constructor's base is written like a modifier, and cannot be left out.
      if (/^[a-z]/u.test(name)) add("modifier", start, end, "");
    }
    if (!inHeader && DELETED.has(node.nodeType ?? "")) {
      add("deletion", start, bytes[end] === 0x3b ? end + 1 : end, "{}");
    }
    for (const [key, child] of Object.entries(node)) {
      const isHeader =
        node.nodeType === "ForStatement" && (key === "loopExpression" || key === "initializationExpression");
      if (key !== "src" && typeof child === "object") visit(child, isHeader);
    }
  };
  visit(output.sources?.["mutated.sol"]?.ast, false);
  return mutants.toSorted((a, b) => a.start - b.start || a.length - b.length);
}

/** The source with the change. */
export function mutate(source: string, { start, length, to }: Mutant): string {
  const bytes = Buffer.from(source);
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(to), bytes.subarray(start + length)]).toString();
}

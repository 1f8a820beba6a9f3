/** A byte of a word that is known, or the byte `index` (0 is the highest) of an unknown word. */
export type Byte = number | { readonly word: Word; readonly index: number };

/** A 256-bit word: known, or the name of a definition. `bytes` is kept for words that were put together from bytes. */
export type Word =
  | { readonly kind: "known"; readonly value: bigint }
  | { readonly kind: "term"; readonly name: string; readonly bytes?: readonly Byte[] };

export const SIZE = 32;
const BITS = 256n;
const MODULUS = 1n << BITS;

export function known(value: bigint): Word {
  return { kind: "known", value: BigInt.asUintN(256, value) };
}

const truth = (condition: boolean): bigint => (condition ? 1n : 0n);
const signed = (value: bigint): bigint => BigInt.asIntN(256, value);

type Operation = {
  readonly fold: (a: bigint, b: bigint) => bigint;
  /** SMT-LIB over the names of both words. */
  readonly text: (a: string, b: string) => string;
};

const ONE = literal(1n);
const ZERO = literal(0n);
/** Factors below this are as integers: their product does not overflow. */
const SMALL = literal(1n << 128n);
const SMALLER = literal(1n << 64n);
const asWord = (condition: string): string => `(ite ${condition} ${ONE} ${ZERO})`;

/** The EVM's two-operand instructions, the top of the stack first, by SMT-LIB's theory of bit vectors. */
export const OPERATIONS = {
  ADD: { fold: (a, b) => a + b, text: (a, b) => `(bvadd ${a} ${b})` },
  MUL: { fold: (a, b) => a * b, text: (a, b) => `(bvmul ${a} ${b})` },
  SUB: { fold: (a, b) => a - b, text: (a, b) => `(bvsub ${a} ${b})` },
  DIV: {
    fold: (a, b) => (b === 0n ? 0n : a / b),
    text: (a, b) => `(ite (= ${b} ${ZERO}) ${ZERO} (bvudiv ${a} ${b}))`,
  },
  MOD: {
    fold: (a, b) => (b === 0n ? 0n : a % b),
    text: (a, b) => `(ite (= ${b} ${ZERO}) ${ZERO} (bvurem ${a} ${b}))`,
  },
  LT: { fold: (a, b) => truth(a < b), text: (a, b) => asWord(`(bvult ${a} ${b})`) },
  GT: { fold: (a, b) => truth(a > b), text: (a, b) => asWord(`(bvugt ${a} ${b})`) },
  SLT: { fold: (a, b) => truth(signed(a) < signed(b)), text: (a, b) => asWord(`(bvslt ${a} ${b})`) },
  SGT: { fold: (a, b) => truth(signed(a) > signed(b)), text: (a, b) => asWord(`(bvsgt ${a} ${b})`) },
  EQ: { fold: (a, b) => truth(a === b), text: (a, b) => asWord(`(= ${a} ${b})`) },
  AND: { fold: (a, b) => a & b, text: (a, b) => `(bvand ${a} ${b})` },
  OR: { fold: (a, b) => a | b, text: (a, b) => `(bvor ${a} ${b})` },
  XOR: { fold: (a, b) => a ^ b, text: (a, b) => `(bvxor ${a} ${b})` },
  SHL: { fold: (a, b) => (a >= BITS ? 0n : b << a), text: (a, b) => `(bvshl ${b} ${a})` },
  SHR: { fold: (a, b) => (a >= BITS ? 0n : b >> a), text: (a, b) => `(bvlshr ${b} ${a})` },
  SAR: { fold: (a, b) => signed(b) >> (a >= BITS ? BITS - 1n : a), text: (a, b) => `(bvashr ${b} ${a})` },
  BYTE: {
    fold: (a, b) => (a >= BigInt(SIZE) ? 0n : (b >> (8n * (BigInt(SIZE) - 1n - a))) & 0xffn),
    text: (a, b) =>
      `(ite (bvult ${a} ${literal(32n)}) (bvand (bvlshr ${b} (bvmul ${literal(8n)} (bvsub ${literal(31n)} ${a}))) ${literal(255n)}) ${ZERO})`,
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;

function literal(value: bigint): string {
  return `#x${value.toString(16).padStart(64, "0")}`;
}

export function textOf(word: Word): string {
  return word.kind === "known" ? literal(word.value) : word.name;
}

/** A definition as the machine has it, and what alone is said of it where that is enough: less to decide, and never more. */
type Line = { readonly exact: string; readonly loose?: string };

/** The definitions of a proof. Equal expressions have one name, so that what the code computes twice is one term. */
export class Terms {
  readonly #names = new Map<string, string>();
  readonly #lines: Line[] = [];
  /** The factors of each product of two unknown words. */
  readonly #factors = new Map<string, readonly [string, string]>();
  /** What each quotient by a known divisor is of. */
  readonly #quotients = new Map<string, { readonly dividend: Word; readonly divisor: bigint }>();
  /** What each sum and each difference is of. */
  readonly #sums = new Map<string, { readonly operation: "ADD" | "SUB"; readonly a: Word; readonly b: Word }>();

  /** An input: any word. */
  input(name: string): Word {
    this.#lines.push({ exact: declaration(name) });
    return { kind: "term", name };
  }

  apply(operation: OperationName, a: Word, b: Word): Word {
    const { fold, text } = OPERATIONS[operation];
    if (a.kind === "known" && b.kind === "known") return known(BigInt.asUintN(256, fold(a.value, b.value)));
    if (operation === "SHR" && a.kind === "known" && a.value % 8n === 0n && a.value < BITS && b.kind === "term") {
      // What was put together from bytes is taken apart again: so a function's selector is a number.
      if (b.bytes !== undefined) {
        const shift = Number(a.value / 8n);
        return this.ofBytes([...new Array<Byte>(shift).fill(0), ...b.bytes.slice(0, SIZE - shift)]);
      }
    }
    const expression = text(textOf(a), textOf(b));
    if (operation === "MUL" && a.kind === "term" && b.kind === "term") {
      const name = this.#define(expression, this.#product(a, b));
      this.#factors.set(name, [a.name, b.name]);
      return { kind: "term", name };
    }
    if (operation === "DIV" && a.kind === "term") {
      const name = this.#define(expression, this.#quotient(a.name, b));
      if (b.kind === "known") this.#quotients.set(name, { dividend: a, divisor: b.value });
      return { kind: "term", name };
    }
    if (operation === "MOD" && b.kind === "known" && b.value > 0n) {
      const whole = textOf(this.apply("MUL", this.apply("DIV", a, b), b));
      return { kind: "term", name: this.#define(expression, (rest) => [`(= ${rest} (bvsub ${textOf(a)} ${whole}))`]) };
    }
    if (operation === "MUL" && (a.kind === "known" || b.kind === "known")) {
      return { kind: "term", name: this.#define(expression, this.#whole(a, b)) };
    }
    const name = this.#define(expression);
    if (operation === "ADD" || operation === "SUB") this.#sums.set(name, { operation, a, b });
    return { kind: "term", name };
  }

  not(a: Word): Word {
    if (a.kind === "known") return known(MODULUS - 1n - a.value);
    return { kind: "term", name: this.#define(`(bvnot ${textOf(a)})`) };
  }

  isZero(a: Word): Word {
    return this.apply("EQ", a, known(0n));
  }

  /** The word of 32 bytes. */
  ofBytes(bytes: readonly Byte[]): Word {
    if (bytes.every((byte) => typeof byte === "number")) {
      return known(bytes.reduce<bigint>((value, byte) => (value << 8n) | BigInt(byte), 0n));
    }
    const first = bytes[0];
    if (typeof first === "object" && bytes.every((byte, i) => isByte(byte, first.word, i))) return first.word;
    const parts = bytes.map((byte) => {
      if (typeof byte === "number") return `#x${byte.toString(16).padStart(2, "0")}`;
      const high = 8 * (SIZE - byte.index) - 1;
      return `((_ extract ${high} ${high - 7}) ${textOf(byte.word)})`;
    });
    return { kind: "term", name: this.#define(`(concat ${parts.join(" ")})`), bytes };
  }

  bytesOf(word: Word): readonly Byte[] {
    if (word.kind === "term") {
      return word.bytes ?? Array.from({ length: SIZE }, (_, index) => ({ word, index }));
    }
    const { value } = word;
    return Array.from({ length: SIZE }, (_, index) => Number((value >> BigInt(8 * (SIZE - 1 - index))) & 0xffn));
  }

  /** All definitions so far, as SMT-LIB. With `loose`, of products and quotients only what the lemmas say. */
  text({ loose = false }: { readonly loose?: boolean } = {}): string {
    return this.#lines.map((line) => (loose ? (line.loose ?? line.exact) : line.exact)).join("\n");
  }

  /** What is said of a product: how large it is at most, and of a product of a sum that it is the sum of the products. */
  #product(a: Word, b: Word): (product: string) => string[] {
    const [x, y] = [textOf(a), textOf(b)];
    const below = (name: string, bound: string): string => `(bvult ${name} ${bound})`;
    const parts = ([sum, factor]: readonly [Word, Word]): Word | undefined => {
      const of = sum.kind === "term" ? this.#sums.get(sum.name) : undefined;
      return of && this.apply(of.operation, this.apply("MUL", of.a, factor), this.apply("MUL", of.b, factor));
    };
    const sums = (
      [
        [a, b],
        [b, a],
      ] as const
    )
      .map(parts)
      .filter((each) => each !== undefined);
    return (p) => [
      `(=> (and ${below(x, SMALLER)} ${below(y, SMALLER)}) ${below(p, SMALL)})`,
      `(=> (and ${below(x, SMALL)} ${below(y, SMALLER)}) ${below(p, literal(1n << 192n))})`,
      `(=> (and ${below(x, SMALLER)} ${below(y, SMALL)}) ${below(p, literal(1n << 192n))})`,
      ...sums.map((sum) => `(= ${p} ${textOf(sum)})`),
    ];
  }

  /** What is said of a quotient's product with its divisor: that it is the dividend but for less than the divisor. */
  #whole(...[a, b]: readonly [Word, Word]): ((product: string) => string[]) | undefined {
    const [factor, other] = a.kind === "known" ? [a, b] : [b, a];
    const of = other.kind === "term" ? this.#quotients.get(other.name) : undefined;
    if (of === undefined || factor.kind !== "known" || factor.value !== of.divisor) return undefined;
    const [dividend, divisor] = [textOf(of.dividend), literal(of.divisor)];
    return (p) => [`(bvule ${p} ${dividend})`, `(bvult (bvsub ${dividend} ${p}) ${divisor})`];
  }

  /** What is said of a quotient: how large it is at most, and of what has factors what the lemmas say. */
  #quotient(dividend: string, divisor: Word): ((quotient: string) => string[]) | undefined {
    const [a, b] = this.#factors.get(dividend) ?? [];
    const small = `(and (bvult ${a} ${SMALL}) (bvult ${b} ${SMALL}))`;
    if (divisor.kind === "term") {
      const least = (q: string): string => `(bvule ${q} ${dividend})`;
      if (a === undefined || b === undefined || (divisor.name !== a && divisor.name !== b)) return (q) => [least(q)];
      const other = divisor.name === a ? b : a;
      return (q) => [
        `(=> (= ${divisor.name} ${ZERO}) (= ${q} ${ZERO}))`,
        `(=> (and ${small} (not (= ${divisor.name} ${ZERO}))) (= ${q} ${other}))`,
      ];
    }
    const { value } = divisor;
    if (value === 0n) return undefined;
    const m = literal(value);
    return (q) => [
      `(bvule ${q} ${literal((MODULUS - 1n) / value)})`,
      ...(a === undefined || b === undefined
        ? []
        : [
            `(=> (and ${small} (bvule ${b} ${m})) (bvule ${q} ${a}))`,
            `(=> (and ${small} (bvule ${a} ${m})) (bvule ${q} ${b}))`,
          ]),
    ];
  }

  /** Names an expression; with `facts` it may be left open but for these. */
  #define(expression: string, facts?: (name: string) => readonly string[]): string {
    const before = this.#names.get(expression);
    if (before !== undefined) return before;
    const name = `t${this.#names.size}`;
    this.#names.set(expression, name);
    const exact = `(define-fun ${name} () (_ BitVec 256) ${expression})`;
    const loose = facts && [declaration(name), ...facts(name).map((fact) => `(assert ${fact})`)].join("\n");
    this.#lines.push({ exact, ...(loose === undefined ? {} : { loose }) });
    return name;
  }
}

function declaration(name: string): string {
  return `(declare-const ${name} (_ BitVec 256))`;
}

function isByte(byte: Byte, word: Word, index: number): boolean {
  return typeof byte === "object" && byte.index === index && textOf(byte.word) === textOf(word);
}

import type { Byte, OperationName, Terms, Word } from "./Terms.js";
import { SIZE, known, textOf } from "./Terms.js";

/** Where a path of the code ended, and the conditions under which it is taken. */
export type Path = {
  readonly conditions: readonly string[];
  readonly end: "return" | "revert" | "panic";
  /** With `panic` Solidity's code: 1 for an assertion. */
  readonly panicCode?: bigint;
};

/** The code does something that this machine does not know. */
export class UnknownStepError extends Error {
  override readonly name = "UnknownStepError";
}

type State = {
  readonly counter: number;
  readonly stack: readonly Word[];
  readonly memory: ReadonlyMap<number, Byte>;
  readonly conditions: readonly string[];
};

const PANIC_SELECTOR = [0x4e, 0x48, 0x7b, 0x71];
const MOST_STEPS = 200_000;

const BY_CODE: Readonly<Record<number, OperationName>> = {
  0x01: "ADD",
  0x02: "MUL",
  0x03: "SUB",
  0x04: "DIV",
  0x06: "MOD",
  0x10: "LT",
  0x11: "GT",
  0x12: "SLT",
  0x13: "SGT",
  0x14: "EQ",
  0x16: "AND",
  0x17: "OR",
  0x18: "XOR",
  0x1a: "BYTE",
  0x1b: "SHL",
  0x1c: "SHR",
  0x1d: "SAR",
};

/**
 * Runs byte code with known length and unknown content of its calldata, and gives every path there is. For pure functions
 * without loops: no storage, no calls, no jump to a place that is not known.
 */
export function explore(terms: Terms, code: Uint8Array, calldata: readonly Byte[]): Path[] {
  const paths: Path[] = [];
  const open: State[] = [{ counter: 0, stack: [], memory: new Map(), conditions: [] }];
  let steps = 0;

  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const stack = [...state.stack];
    const memory = new Map(state.memory);
    let { counter, conditions } = state;
    const pop = (): Word => {
      const word = stack.pop();
      if (word === undefined) throw new UnknownStepError(`The stack is empty at ${counter}.`);
      return word;
    };
    const popNumber = (what: string): number => {
      const word = pop();
      if (word.kind === "known" && word.value < BigInt(Number.MAX_SAFE_INTEGER)) return Number(word.value);
      throw new UnknownStepError(`${what} is not known at ${counter}.`);
    };
    const read = (source: (offset: number) => Byte, offset: number): Word =>
      terms.ofBytes(Array.from({ length: SIZE }, (_, i) => source(offset + i)));

    for (let running = true; running;) {
      if (++steps > MOST_STEPS) throw new UnknownStepError(`More than ${MOST_STEPS} steps: there may be a loop.`);
      const code1 = code[counter] ?? 0x00;
      const operation = BY_CODE[code1];
      counter += 1;
      if (operation !== undefined) {
        stack.push(terms.apply(operation, pop(), pop()));
      } else if (code1 >= 0x5f && code1 <= 0x7f) {
        const length = code1 - 0x5f;
        const bytes = code.slice(counter, counter + length);
        stack.push(known(bytes.reduce<bigint>((value, byte) => (value << 8n) | BigInt(byte), 0n)));
        counter += length;
      } else if (code1 >= 0x80 && code1 <= 0x8f) {
        const word = stack[stack.length - 1 - (code1 - 0x80)];
        if (word === undefined) throw new UnknownStepError(`The stack is too short at ${counter}.`);
        stack.push(word);
      } else if (code1 >= 0x90 && code1 <= 0x9f) {
        const top = stack.length - 1;
        const other = top - (code1 - 0x8f);
        const [a, b] = [stack[top], stack[other]];
        if (a === undefined || b === undefined) throw new UnknownStepError(`The stack is too short at ${counter}.`);
        stack[top] = b;
        stack[other] = a;
      } else {
        switch (code1) {
          case 0x00: // STOP
          case 0xf3: // RETURN
            paths.push({ conditions, end: "return" });
            running = false;
            break;
          case 0x15: // ISZERO
            stack.push(terms.isZero(pop()));
            break;
          case 0x19: // NOT
            stack.push(terms.not(pop()));
            break;
          case 0x34: // CALLVALUE: the functions are not payable
            stack.push(known(0n));
            break;
          case 0x35: // CALLDATALOAD
            stack.push(read((offset) => calldata[offset] ?? 0, popNumber("A place in calldata")));
            break;
          case 0x36: // CALLDATASIZE
            stack.push(known(BigInt(calldata.length)));
            break;
          case 0x50: // POP
            pop();
            break;
          case 0x51: // MLOAD
            stack.push(read((offset) => memory.get(offset) ?? 0, popNumber("A place in memory")));
            break;
          case 0x52: {
            // MSTORE
            const offset = popNumber("A place in memory");
            terms.bytesOf(pop()).forEach((byte, i) => memory.set(offset + i, byte));
            break;
          }
          case 0x56: // JUMP
            counter = popNumber("A jump's place");
            break;
          case 0x57: {
            // JUMPI
            const place = popNumber("A jump's place");
            const condition = pop();
            if (condition.kind === "known") {
              if (condition.value !== 0n) counter = place;
              break;
            }
            const isZero = `(= ${textOf(condition)} ${textOf(known(0n))})`;
            open.push({
              counter: place,
              stack: [...stack],
              memory: new Map(memory),
              conditions: [...conditions, `(not ${isZero})`],
            });
            conditions = [...conditions, isZero];
            break;
          }
          case 0x5b: // JUMPDEST
            break;
          case 0xfd: {
            // REVERT
            const offset = popNumber("A place in memory");
            const length = popNumber("A length");
            const isPanic = length === 36 && PANIC_SELECTOR.every((byte, i) => memory.get(offset + i) === byte);
            const panicCode = isPanic ? read((at) => memory.get(at) ?? 0, offset + 4) : undefined;
            if (panicCode?.kind === "known") paths.push({ conditions, end: "panic", panicCode: panicCode.value });
            else paths.push({ conditions, end: "revert" });
            running = false;
            break;
          }
          default:
            throw new UnknownStepError(`The instruction 0x${code1.toString(16)} at ${counter - 1} is not known here.`);
        }
      }
    }
  }
  return paths;
}

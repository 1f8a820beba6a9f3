import { AbiCoder, type ErrorFragment } from "ethers";

export type FailureVerdict = {
  /** Rows whose refusal is an error of the suite; others are in a token's own words, which come through. */
  readonly rows: number;
  readonly provoked: number;
  readonly problems: readonly string[];
};

/** Whether the bytes after the selector are these arguments and nothing else. */
function isWhole(fragment: ErrorFragment, data: string): boolean {
  try {
    const coder = AbiCoder.defaultAbiCoder();
    const args = `0x${data.slice(10)}`;
    return coder.encode(fragment.inputs, coder.decode(fragment.inputs, args)) === args;
  } catch {
    return false;
  }
}

/**
 * Compares the errors that there are with those that rows of the failure tables were refused with.
 *
 * @param declared By selector
 * @param refusals The revert data of each row
 * @param unreachable By signature, with the reason
 */
export function judgeFailures(
  declared: ReadonlyMap<string, ErrorFragment>,
  refusals: readonly string[],
  unreachable: Readonly<Record<string, string>>,
): FailureVerdict {
  const known = refusals.filter((data) => declared.has(data.slice(0, 10)));
  const seen = new Set(known.map((data) => data.slice(0, 10)));
  const signatures = new Set([...declared.values()].map((fragment) => fragment.format("sighash")));
  const problems: string[] = [];
  for (const [selector, fragment] of declared) {
    const signature = fragment.format("sighash");
    const listed = Object.hasOwn(unreachable, signature);
    if (seen.has(selector) && listed) problems.push(`${signature} is listed as unreachable, and a row provokes it`);
    if (!seen.has(selector) && !listed) problems.push(`no row provokes ${signature}`);
  }
  for (const signature of Object.keys(unreachable)) {
    if (!signatures.has(signature)) problems.push(`${signature} is listed as unreachable, and no ABI has it`);
  }
  for (const data of new Set(known)) {
    const fragment = declared.get(data.slice(0, 10));
    if (fragment !== undefined && !isWhole(fragment, data)) {
      problems.push(`a row expects ${fragment.name} with arguments that are not its own: ${data}`);
    }
  }
  if (refusals.length === 0) problems.push("no row ran");
  return { rows: known.length, provoked: seen.size, problems };
}

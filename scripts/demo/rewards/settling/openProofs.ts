import { openRoster, type ProofSource } from "../../../../sdk/src/index.js";
import { openFileSource } from "../../../../sdk/src/node/index.js";

/** Opens a roster's file to read proofs out of it. */
export async function openProofs(
  path: string,
): Promise<{ readonly proofs: ProofSource; readonly close: () => Promise<void> }> {
  const source = await openFileSource(path);
  return { proofs: await openRoster(source), close: () => source.close() };
}

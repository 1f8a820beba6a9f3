import { MerklePatriciaTrie, verifyMPTWithMerkleProof } from "@ethereumjs/mpt";
import { decodeRlp, getBytes, hexlify } from "ethers";

import { CertificateError } from "../CertificateError.js";
import type { EthGetProof } from "./EthGetProof.js";

/** What was answered, and what it must lead to. */
export type VerifyProofParameters = {
  readonly address: string;
  readonly slots: readonly string[];
  readonly stateRoot: string;
  readonly answer: EthGetProof;
};

const STORAGE_ROOT = 2;

/**
 * The values of an account's slots, by a proof against a state root; 0 for a slot that is proved to be empty, and for all slots
 * of an account that is proved not to be.
 *
 * Errors: {@link CertificateError} PROOF_INVALID.
 */
export async function verifyProof({
  address,
  slots,
  stateRoot,
  answer,
}: VerifyProofParameters): Promise<readonly bigint[]> {
  const account = await valueAt(stateRoot, address, answer.accountProof).catch(() => undefined);
  if (account === undefined) throw new CertificateError("PROOF_INVALID", { part: "account", stateRoot });
  if (account === null) return slots.map(() => 0n);
  const storageRoot = (decodeRlp(account) as readonly string[])[STORAGE_ROOT] ?? "";
  return Promise.all(
    slots.map(async (slot, i) => {
      const proof = answer.storageProof[i]?.proof ?? [];
      const value = await valueAt(storageRoot, slot, proof).catch(() => undefined);
      if (value === undefined) throw new CertificateError("PROOF_INVALID", { part: `slot ${slot}`, stateRoot });
      return value === null ? 0n : BigInt(hexlify(decodeRlp(value) as string));
    }),
  );
}

/** What stands at a key, or null where nothing does; throws where the proof does not say. */
async function valueAt(root: string, key: string, proof: readonly string[]): Promise<Uint8Array | null> {
  const trie = new MerklePatriciaTrie({ useKeyHashing: true });
  const nodes = proof.map((node) => getBytes(node));
  return verifyMPTWithMerkleProof(trie, getBytes(root), getBytes(key), nodes);
}

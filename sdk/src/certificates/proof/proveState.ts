import { AbiCoder, type JsonRpcApiProvider, keccak256, type Provider, toBeHex } from "ethers";

import { readOnChain } from "../../core/reads/readOnChain.js";
import { unexpectedAnswer } from "../../core/reads/unexpectedAnswer.js";
import { CertificateError } from "../CertificateError.js";
import type { CertificatesAccess } from "../CertificatesAccess.js";
import { verdictOf } from "../state/verdictOf.js";
import { wordToState } from "../state/wordToState.js";
import type { EthGetProof } from "./EthGetProof.js";
import type { ProvenState, TrustedHeader } from "./StateProof.js";

/** Slots of the mappings of CertificateLedger, after two of EIP712. */
const CENTRES_SLOT = 2n;
const CERTIFICATES_SLOT = 8n;
const RETIRED_BIT = 168n;

/**
 * Proves a certificate's state at a block against the state root of a header that the caller trusts, so that the node need not
 * be: its answers are verified against the root, an absent certificate too.
 *
 * Errors: {@link CertificateError} PROOF_UNSUPPORTED, PROOF_INVALID, PROOF_NO_CERTIFICATE; {@link RpcError}.
 */
export async function proveState(
  access: CertificatesAccess,
  certificateId: string,
  header: TrustedHeader,
): Promise<ProvenState> {
  const at = slotOf("bytes32", certificateId, CERTIFICATES_SLOT);
  const [word = 0n, head = 0n] = await prove(access, [at, at + 1n], header);
  const state = wordToState(certificateId, word, toBeHex(head, 32));
  if (state === undefined) {
    throw new CertificateError("PROOF_NO_CERTIFICATE", { certificateId, blockNumber: header.number });
  }
  const [centre = 0n] = await prove(access, [slotOf("uint32", state.centre, CENTRES_SLOT)], header);
  const centreRetired = ((centre >> RETIRED_BIT) & 0xffn) !== 0n;
  return { state, verdict: verdictOf(state, { at: header.timestamp, centreRetired }), header };
}

function slotOf(type: "bytes32" | "uint32", key: string | number, mapping: bigint): bigint {
  return BigInt(keccak256(AbiCoder.defaultAbiCoder().encode([type, "uint256"], [key, mapping])));
}

async function prove(
  { context, address }: CertificatesAccess,
  slots: readonly bigint[],
  { number, stateRoot }: TrustedHeader,
): Promise<readonly bigint[]> {
  const { provider } = context;
  if (!takesRequests(provider)) throw new CertificateError("PROOF_UNSUPPORTED", { method: "eth_getProof" });
  const keys = slots.map((slot) => toBeHex(slot, 32));
  const answer = await readOnChain(context, async () => {
    const said: unknown = await provider.send("eth_getProof", [address, keys, `0x${number.toString(16)}`]);
    return said;
  });
  if (!isProof(answer, slots.length)) throw unexpectedAnswer("The node's proof is none.", { address, number });
  // Whoever proves nothing loads no tries.
  const { verifyProof } = await import("./verifyProof.js");
  return verifyProof({ address, slots: keys, stateRoot, answer });
}

function takesRequests(provider: Provider): provider is JsonRpcApiProvider {
  return "send" in provider && typeof provider.send === "function";
}

function isProof(answer: unknown, slots: number): answer is EthGetProof {
  if (typeof answer !== "object" || answer === null) return false;
  const { accountProof, storageProof } = answer as Partial<Record<keyof EthGetProof, unknown>>;
  const areNodes = (nodes: unknown): boolean =>
    Array.isArray(nodes) && nodes.every((node) => typeof node === "string" && /^0x(?:[0-9a-f]{2})*$/iu.test(node));
  return (
    areNodes(accountProof) &&
    Array.isArray(storageProof) &&
    storageProof.length === slots &&
    storageProof.every((each: unknown) => areNodes((each as { readonly proof?: unknown } | null)?.proof))
  );
}

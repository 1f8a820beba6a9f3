import { secp256k1 } from "@noble/curves/secp256k1.js";
import { toBeHex } from "ethers";

import type { ClientContext } from "../../core/ClientContext.js";
import { readContract } from "../../core/reads/readContract.js";
import { unexpectedAnswer } from "../../core/reads/unexpectedAnswer.js";
import type { GroupKeyPoint } from "../../frost/GroupKeyPoint.js";
import type { Epoch } from "./Epoch.js";
import { readCommittee } from "./readCommittee.js";
import { bindContract } from "../../core/abi/bindContract.js";
import { committeeRegistryAbi } from "../../generated/abis.js";

const OPEN = 2n ** 40n - 1n;

/**
 * Reads an epoch: the current one unless a number is given.
 *
 * @throws {@link CommitteeError} COMMITTEE_UNKNOWN; {@link ContractRevertError} CommitteeUnknownEpoch; {@link RpcError}
 *
 * @example
 * import { CommitteeError, Guildhall, readEpoch } from "@guildhall/sdk";
 * const { context } = await Guildhall.connect(provider, { directory });
 * const error = await readEpoch(context, `0x${"11".repeat(32)}`).catch((caught: unknown) => caught);
 * assert.ok(error instanceof CommitteeError && error.code === "COMMITTEE_UNKNOWN");
 */
export async function readEpoch(
  context: Pick<ClientContext, "provider" | "chainId" | "addresses">,
  committeeId: string,
  number?: number,
): Promise<Epoch> {
  const { provider, addresses } = context;
  const { attributable, currentEpoch } = await readCommittee(context, committeeId);
  const registry = bindContract(committeeRegistryAbi, addresses.CommitteeRegistry, provider);
  const epoch = number ?? currentEpoch;
  const address = addresses.CommitteeRegistry;
  const [state, members] = await Promise.all([
    readContract(context, address, registry.epochOf, committeeId, epoch),
    readContract(context, address, registry.membersOf, committeeId, epoch),
  ]);
  requireSound(epoch, currentEpoch, Number(state.threshold), members);
  return {
    committeeId,
    number: epoch,
    members: [...members],
    threshold: Number(state.threshold),
    attributable,
    validFrom: Number(state.validFrom),
    validUntil: state.validUntil === OPEN ? undefined : Number(state.validUntil),
    groupKey: state.groupKeyX === 0n ? undefined : liftX(state.groupKeyX, state.groupKeyOdd),
    groupKeyConfirmed: state.groupKeyConfirmed,
  };
}

/** Refuses what the registry never stores: then the answers are not its own, or of two different states. */
function requireSound(epoch: number, currentEpoch: number, threshold: number, members: readonly string[]): void {
  const sound =
    epoch <= currentEpoch && threshold > 0 && threshold <= members.length && new Set(members).size === members.length;
  if (sound) return;
  throw unexpectedAnswer(`The node answered an epoch ${epoch} that no registry has.`, {
    epoch,
    currentEpoch,
    threshold,
    members,
  });
}

/** The point of an x and the parity of its y; the registry keeps no more of it. */
function liftX(x: bigint, odd: boolean): GroupKeyPoint {
  try {
    const { y } = secp256k1.Point.fromHex(`${odd ? "03" : "02"}${toBeHex(x, 32).slice(2)}`).toAffine();
    return { x, y };
  } catch (cause) {
    throw unexpectedAnswer(`The node answered a group key ${x} that is no point.`, { x }, cause);
  }
}

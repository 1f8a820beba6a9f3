import { ZeroAddress } from "ethers";

import type { ClientContext } from "../../core/ClientContext.js";
import { readContract } from "../../core/reads/readContract.js";
import { CommitteeError } from "../CommitteeError.js";
import type { Committee } from "./Committee.js";
import { bindContract } from "../../core/abi/bindContract.js";
import { committeeRegistryAbi } from "../../generated/abis.js";

/**
 * Reads a committee.
 *
 * @throws {@link CommitteeError} COMMITTEE_UNKNOWN; {@link RpcError}
 *
 * @example
 * import { CommitteeError, Guildhall, readCommittee } from "@guildhall/sdk";
 * const { context } = await Guildhall.connect(provider, { directory });
 * const error = await readCommittee(context, `0x${"11".repeat(32)}`).catch((caught: unknown) => caught);
 * assert.ok(error instanceof CommitteeError && error.code === "COMMITTEE_UNKNOWN");
 */
export async function readCommittee(
  context: Pick<ClientContext, "provider" | "chainId" | "addresses">,
  committeeId: string,
): Promise<Committee> {
  const { provider, addresses } = context;
  const registry = bindContract(committeeRegistryAbi, addresses.CommitteeRegistry, provider);
  const found = await readContract(context, addresses.CommitteeRegistry, registry.committeeOf, committeeId);
  if (found.currentEpoch === 0n) {
    throw new CommitteeError({
      code: "COMMITTEE_UNKNOWN",
      args: { committeeId },
      what: `The registry ${addresses.CommitteeRegistry} has no committee ${committeeId}.`,
      advice: "Check the id, and that the client is on the chain where the committee was created.",
    });
  }
  return {
    id: committeeId,
    admin: found.admin === ZeroAddress ? undefined : found.admin,
    attributable: found.attributable,
    currentEpoch: Number(found.currentEpoch),
  };
}

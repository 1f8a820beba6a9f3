import { ZeroAddress, ZeroHash } from "ethers";

import { memberOf } from "../../core/abi/memberOf.js";
import { readContract } from "../../core/reads/readContract.js";
import type { RewardsAccess } from "../work/RewardsAccess.js";
import { evidenceForms, NO_END, poolModes } from "./names.js";
import type { Pool } from "./Pool.js";

/** Reads a pool. Errors: {@link ContractRevertError} RewardPoolUnknown, {@link RpcError}. */
export async function readPool({ context, address, reader }: RewardsAccess, poolId: string): Promise<Pool> {
  const pool = await readContract(context, address, reader.poolOf, poolId);
  const { totalUnits, availableUnits, maxUnits, endCycle, verifier, nextVerifier, indicator } = pool;
  const announced = nextVerifier !== ZeroHash;
  return {
    poolId,
    mode: memberOf(poolModes, pool.mode),
    form: memberOf(evidenceForms, pool.form),
    closed: pool.closed,
    totalUnits,
    availableUnits,
    outstandingUnits: totalUnits - availableUnits,
    grant: pool.grant,
    maxUnits: maxUnits === 0n ? undefined : maxUnits,
    start: Number(pool.start),
    cycleLength: Number(pool.cycleLength),
    publishWindow: Number(pool.publishWindow),
    disputeWindow: Number(pool.disputeWindow),
    actionWindow: Number(pool.actionWindow),
    endCycle: Number(endCycle) === NO_END ? undefined : Number(endCycle),
    reportCount: Number(pool.reportCount),
    userCount: Number(pool.userCount),
    operator: pool.operator,
    registrar: pool.registrar,
    profitToken: pool.profitToken,
    share: pool.share,
    carry: pool.carry,
    deposited: pool.deposited,
    verifier: verifier === ZeroHash ? undefined : verifier,
    nextVerifier: announced ? nextVerifier : undefined,
    nextVerifierFrom: announced ? Number(pool.nextVerifierFrom) : undefined,
    verifierDelay: Number(pool.verifierDelay),
    indicator: indicator === ZeroAddress ? undefined : indicator,
    threshold: pool.threshold,
  };
}

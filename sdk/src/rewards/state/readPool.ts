import { ZeroAddress, ZeroHash } from "ethers";

import type { RewardPool } from "../../../../typechain-types/rewards/RewardPool.js";
import { memberOf } from "../../core/abi/memberOf.js";
import { withDecodedErrors } from "../../core/errors/withDecodedErrors.js";
import { evidenceForms, NO_END, poolModes } from "./names.js";
import type { Pool } from "./Pool.js";

/** Reads a pool. Errors: {@link ContractRevertError} RewardPoolUnknown, {@link RpcError}. */
export async function readPool(contract: RewardPool, address: string, poolId: string): Promise<Pool> {
  const pool = await withDecodedErrors(() => contract.poolOf(poolId), address);
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

import { Contract, type ContractRunner } from "ethers";

import type { CertificateLedger } from "../../../../typechain-types/certificates/CertificateLedger.js";
import type { ICommitteeRegistry } from "../../../../typechain-types/committee/ICommitteeRegistry.js";
import type { IReferralDeals } from "../../../../typechain-types/deals/IReferralDeals.js";
import type { IDirectory } from "../../../../typechain-types/directory/IDirectory.js";
import type { RewardPool } from "../../../../typechain-types/rewards/RewardPool.js";
import type { IChunkStore } from "../../../../typechain-types/utils/IChunkStore.js";
import type {
  certificateLedgerAbi,
  chunkStoreAbi,
  committeeRegistryAbi,
  directoryAbi,
  referralDealsAbi,
  rewardPoolAbi,
} from "../../generated/abis.js";
import { interfaceOf } from "./interfaceOf.js";

/** The ABIs that have a TypeChain binding. */
export type BoundAbi =
  | typeof certificateLedgerAbi
  | typeof chunkStoreAbi
  | typeof committeeRegistryAbi
  | typeof directoryAbi
  | typeof referralDealsAbi
  | typeof rewardPoolAbi;

/** The TypeChain binding of an ABI. */
export type Binding<From extends BoundAbi> = From extends typeof committeeRegistryAbi
  ? ICommitteeRegistry
  : From extends typeof referralDealsAbi
    ? IReferralDeals
    : From extends typeof rewardPoolAbi
      ? RewardPool
      : From extends typeof certificateLedgerAbi
        ? CertificateLedger
        : From extends typeof chunkStoreAbi
          ? IChunkStore
          : IDirectory;

/**
 * A contract with the types of its TypeChain binding. The binding's own factory would bring a second copy of the ABI into
 * every web page.
 */
export function bindContract<const From extends BoundAbi>(
  abi: From,
  address: string,
  runner: ContractRunner,
): Binding<From> {
  const contract: unknown = new Contract(address, interfaceOf(abi), runner);
  return contract as Binding<From>;
}

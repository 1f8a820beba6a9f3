import { globSync } from "node:fs";

/** The tests that must notice a mutant of a file. */
export type Tests = {
  /** Behaviour tests, under Hardhat: patterns of test files. */
  readonly behaviour: readonly string[];
  /** Folders of Solidity tests, under forge, which are asked about what those let live. */
  readonly solidity: readonly string[];
};

/** What the contract of deals does, call by call; neither what it costs nor what its digests are. */
const DEALS = "test/deals/!(calldata|hostileTokens|holdsUnder|sdk-*).ts";
/** Whose signature counts for which document. */
const SIGNATURES = "test/signatures/@(documents|signers).ts";
/** Tokens that re-enter, take a fee, or lie: for what takes or gives money. */
const HOSTILE = "test/deals/hostileTokens.ts";
const COMMITTEE = "test/committee/!(fixture|gas|hash|sdk-*).ts";

/** What reward pools do, call by call; neither their digests nor the rosters behind them. */
const REWARDS = "test/rewards/!(hash|hostileTokens|roster-*|sdk-*).ts";
const HOSTILE_POOLS = "test/rewards/hostileTokens.ts";

const deals = (...more: readonly string[]): Tests => ({ behaviour: [DEALS, SIGNATURES, ...more], solidity: ["deals"] });
const committee = (...more: readonly string[]): Tests => ({
  behaviour: [COMMITTEE, SIGNATURES, ...more],
  solidity: ["committee"],
});

const rewards = (...more: readonly string[]): Tests => ({ behaviour: [REWARDS, ...more], solidity: ["rewards"] });

/** What the ledger does, call by call; not what the SDK makes of it. */
const CERTIFICATES =
  "test/certificates/@(admitCentre|applicationMatrix|certificateMatrix|countResults|expire|freeze|history|issue|issueChecked|requests|retireCentre|subjectKeys|tokens|verify).ts";
const certificates = (...more: readonly string[]): Tests => ({
  behaviour: [CERTIFICATES, ...more],
  solidity: ["certificates"],
});

/** What is mutated: money, signatures, states. CommitteeHash.sol has nothing that a mutant could change. */
export const FILES: Readonly<Record<string, Tests>> = {
  "contracts/deals/Referral.sol": deals(),
  "contracts/deals/DealTerms.sol": deals(),
  "contracts/deals/DealBase.sol": deals(),
  "contracts/deals/DealHash.sol": deals("test/deals/calldata.ts"),
  "contracts/deals/SaleRecord.sol": deals(),
  "contracts/deals/SaleBook.sol": deals(HOSTILE),
  "contracts/deals/OfferBook.sol": deals(HOSTILE),
  "contracts/deals/ReferralDeals.sol": deals(HOSTILE),
  "contracts/utils/SignatureCheck.sol": { behaviour: [SIGNATURES], solidity: ["utils"] },
  // Pools take only what was allowed.
  "contracts/utils/Payments.sol": {
    behaviour: [DEALS, SIGNATURES, HOSTILE, HOSTILE_POOLS, "test/rewards/reportProfit.ts"],
    solidity: ["deals", "rewards"],
  },
  "contracts/committee/EpochHead.sol": committee(),
  "contracts/committee/CommitteeApprovals.sol": committee(),
  "contracts/committee/CommitteeRegistry.sol": committee(),
  "contracts/committee/Frost.sol": committee(),
  "contracts/rewards/PoolWord.sol": rewards(),
  "contracts/rewards/MemberWord.sol": rewards(),
  "contracts/rewards/UnitMath.sol": rewards(),
  "contracts/rewards/PoolBase.sol": rewards(),
  "contracts/rewards/PoolBook.sol": rewards(),
  "contracts/rewards/UnitBook.sol": rewards(),
  "contracts/rewards/MemberBook.sol": rewards(),
  "contracts/rewards/EvidenceBook.sol": rewards(),
  "contracts/rewards/ProfitBook.sol": rewards(HOSTILE_POOLS),
  "contracts/rewards/RewardHash.sol": rewards("test/rewards/hash.ts"),
  "contracts/rewards/RewardPool.sol": rewards(HOSTILE_POOLS),
  "contracts/utils/ChunkStore.sol": { behaviour: ["test/utils/chunkStore.ts"], solidity: [] },
  "contracts/utils/Chunks.sol": rewards("test/utils/chunkStore.ts"),
  "contracts/certificates/CertificateMoves.sol": certificates(),
  "contracts/certificates/CertificateWord.sol": certificates(),
  "contracts/certificates/CentreBook.sol": certificates(),
  "contracts/certificates/ApplicationBook.sol": certificates(),
  "contracts/certificates/LockedTokens.sol": certificates(),
  "contracts/certificates/X509.sol": certificates(),
  "contracts/certificates/CertificateHash.sol": certificates("test/certificates/hash.ts"),
  "contracts/certificates/CertificateLedger.sol": certificates(),
  "contracts/directory/Directory.sol": { behaviour: ["test/directory/!(fixture).ts"], solidity: ["directory"] },
};

/** The behaviour tests of a file. */
export function behaviourTests(root: string, file: string): readonly string[] {
  return globSync([...(FILES[file]?.behaviour ?? [])], { cwd: root }).toSorted();
}

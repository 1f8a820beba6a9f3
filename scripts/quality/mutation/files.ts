/** What is mutated (money, signatures, states), and the folders of the tests that must notice. */
export const FILES: Readonly<Record<string, readonly string[]>> = {
  "contracts/deals/Referral.sol": ["deals"],
  "contracts/deals/DealTerms.sol": ["deals"],
  "contracts/deals/DealBase.sol": ["deals"],
  "contracts/deals/DealHash.sol": ["deals"],
  "contracts/deals/SaleRecord.sol": ["deals"],
  "contracts/deals/SaleBook.sol": ["deals"],
  "contracts/utils/SignatureCheck.sol": ["deals", "utils"],
  "contracts/committee/EpochHead.sol": ["committee"],
  "contracts/committee/CommitteeApprovals.sol": ["committee"],
  "contracts/committee/CommitteeRegistry.sol": ["committee"],
  "contracts/utils/Payments.sol": ["deals"],
  "contracts/deals/OfferBook.sol": ["deals"],
  "contracts/deals/ReferralDeals.sol": ["deals"],
  "contracts/committee/Frost.sol": ["committee"],
  "contracts/committee/CommitteeHash.sol": ["committee"],
  "contracts/directory/Directory.sol": ["directory"],
};

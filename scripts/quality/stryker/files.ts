/** What is mutated in the SDK (money, signatures, states), and the tests that must notice. */
export const SDK_FILES: Readonly<Record<string, readonly string[]>> = {
  "sdk/src/deals/documents/price.ts": ["test/deals/sdk-price.ts"],
  "sdk/src/deals/state/needsBond.ts": ["test/deals/sdk-merchant-session.ts", "test/deals/sdk-customer-session.ts"],
  "sdk/src/deals/state/memberOf.ts": ["test/deals/sdk-client.ts"],
  "sdk/src/deals/sessions/checks.ts": ["test/deals/sdk-merchant-session.ts", "test/deals/sdk-customer-session.ts"],
  "sdk/src/core/signatures/recoverAccount.ts": ["test/sdk/signatures.ts"],
  "sdk/src/core/signatures/Erc6492.ts": ["test/sdk/signatures.ts"],
  "sdk/src/core/signatures/hashTyped.ts": ["test/sdk/signatures.ts"],
  "sdk/src/core/signatures/signTyped.ts": ["test/sdk/signatures.ts"],
  "sdk/src/core/signatures/verifySignature.ts": ["test/sdk/signatures.ts"],
  "sdk/src/committee/approvals/approvalLength.ts": ["test/committee/sdk-approvals.ts"],
  "sdk/src/committee/approvals/checkApproval.ts": ["test/committee/sdk-approvals.ts"],
  "sdk/src/committee/approvals/encodeApproval.ts": ["test/committee/sdk-approvals.ts"],
  "sdk/src/committee/approvals/decodeApproval.ts": ["test/committee/sdk-approvals.ts"],
  "sdk/src/committee/approvals/ApprovalCollector.ts": ["test/committee/sdk-approvals.ts"],
  "sdk/src/committee/state/readEpoch.ts": ["test/committee/sdk-client.ts", "test/committee/sdk-approvals.ts"],
  "sdk/src/committee/state/readCommittee.ts": ["test/committee/sdk-client.ts", "test/committee/sdk-approvals.ts"],
};

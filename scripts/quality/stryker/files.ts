const DOCUMENTS = ["test/deals/sdk-documents.ts", "test/deals/sdk-vectors.ts"];
const ROSTERS = ["test/rewards/roster-proofs.ts", "test/rewards/roster-vectors.ts", "test/rewards/roster-open.ts"];
const BITMAPS = ["test/rewards/roster-proofs.ts", "test/rewards/roster-bitmap.ts", "test/rewards/roster-vectors.ts"];

const APPROVALS = ["test/committee/sdk-check.ts", "test/committee/sdk-approvals.ts"];

const VERDICTS = [
  "test/certificates/sdk-states.ts",
  "test/certificates/sdk-verify.ts",
  "test/certificates/sdk-client.ts",
];

/** What is mutated in the SDK (money, documents, signatures, proofs, states, errors), and the tests that must notice. */
export const SDK_FILES: Readonly<Record<string, readonly string[]>> = {
  "sdk/src/deals/documents/price.ts": ["test/deals/sdk-price.ts"],
  "sdk/src/deals/state/needsBond.ts": ["test/deals/sdk-merchant-session.ts", "test/deals/sdk-customer-session.ts"],
  "sdk/src/core/abi/memberOf.ts": ["test/sdk/memberOf.ts"],
  "sdk/src/deals/sessions/checks.ts": [
    "test/deals/sdk-checks.ts",
    "test/deals/sdk-merchant-session.ts",
    "test/deals/sdk-customer-session.ts",
  ],
  "sdk/src/core/signatures/recoverAccount.ts": ["test/sdk/signatures.ts"],
  "sdk/src/core/signatures/Erc6492.ts": ["test/sdk/signatures.ts"],
  "sdk/src/core/signatures/hashTyped.ts": ["test/sdk/signatures.ts"],
  "sdk/src/core/signatures/signTyped.ts": ["test/sdk/signatures.ts", "test/sdk/signatureForms.ts"],
  "sdk/src/core/signatures/verifySignature.ts": ["test/sdk/signatures.ts", "test/sdk/signatureProbe.ts"],
  "sdk/src/committee/approvals/approvalLength.ts": APPROVALS,
  "sdk/src/committee/approvals/checkApproval.ts": APPROVALS,
  "sdk/src/committee/approvals/encodeApproval.ts": APPROVALS,
  "sdk/src/committee/approvals/decodeApproval.ts": APPROVALS,
  "sdk/src/committee/approvals/ApprovalCollector.ts": [
    "test/committee/sdk-collector.ts",
    "test/committee/sdk-approvals.ts",
  ],
  "sdk/src/committee/state/readEpoch.ts": ["test/committee/sdk-reads.ts", "test/committee/sdk-client.ts"],
  "sdk/src/committee/state/readCommittee.ts": ["test/committee/sdk-reads.ts", "test/committee/sdk-client.ts"],
  "sdk/src/deals/documents/dealIdOf.ts": DOCUMENTS,
  "sdk/src/deals/documents/endorsementDigest.ts": DOCUMENTS,
  "sdk/src/deals/documents/endorsementTypedData.ts": DOCUMENTS,
  "sdk/src/deals/documents/endorserOf.ts": DOCUMENTS,
  "sdk/src/deals/documents/hashDocument.ts": DOCUMENTS,
  "sdk/src/deals/documents/promiseIdOf.ts": DOCUMENTS,
  "sdk/src/deals/documents/referralIdOf.ts": DOCUMENTS,
  "sdk/src/committee/documents/committeeIdOf.ts": ["test/committee/sdk-documents.ts", "test/committee/sdk-vectors.ts"],
  "sdk/src/committee/documents/rotationTypedData.ts": ["test/committee/sdk-documents.ts"],
  "sdk/src/rewards/documents/bindingsTypedData.ts": ["test/rewards/sdk-documents.ts"],
  "sdk/src/rewards/documents/registrarRebindingTypedData.ts": ["test/rewards/sdk-documents.ts"],
  "sdk/src/rewards/documents/verdictTypedData.ts": ["test/rewards/sdk-documents.ts"],
  "sdk/src/rewards/roster/tree/buildTree.ts": ROSTERS,
  "sdk/src/rewards/roster/tree/fillNodes.ts": ROSTERS,
  "sdk/src/rewards/roster/tree/hashPair.ts": ROSTERS,
  "sdk/src/rewards/roster/tree/leafHasher.ts": ROSTERS,
  "sdk/src/rewards/roster/tree/multiProofPlan.ts": ROSTERS,
  "sdk/src/rewards/roster/tree/rootFromMultiProof.ts": ROSTERS,
  "sdk/src/rewards/roster/tree/rootFromProof.ts": ROSTERS,
  "sdk/src/rewards/roster/bitmap/bitmapContentHash.ts": BITMAPS,
  "sdk/src/rewards/roster/bitmap/chunkHashOf.ts": BITMAPS,
  "sdk/src/rewards/roster/bitmap/decodeBitmapRoster.ts": BITMAPS,
  "sdk/src/rewards/roster/bitmap/encodeBitmapRoster.ts": BITMAPS,
  "sdk/src/certificates/state/moveTarget.ts": [
    "test/certificates/sdk-states.ts",
    "test/certificates/certificateMatrix.ts",
  ],
  "sdk/src/certificates/state/verdictOf.ts": VERDICTS,
  "sdk/src/certificates/state/wordToState.ts": VERDICTS,
  "sdk/src/certificates/history/replayHistory.ts": VERDICTS,
  "sdk/src/certificates/history/verdictAt.ts": VERDICTS,
  "sdk/src/certificates/proof/verifyProof.ts": ["test/certificates/sdk-proofs.ts", "test/certificates/sdk-verify.ts"],
  "sdk/src/certificates/verify/stateFault.ts": VERDICTS,
  "sdk/src/certificates/x509/checkNameConstraints.ts": ["test/x509/nameConstraints.ts", "test/x509/authorities.ts"],
  "sdk/src/node/certificates/requireSubmitter.ts": ["test/x509/centreService.ts"],
  "sdk/src/node/certificates/tls/judgePeer.ts": ["test/x509/peerChains.ts", "test/x509/tls-chains.ts"],
  "sdk/src/node/certificates/tls/peerChain.ts": ["test/x509/peerChains.ts", "test/x509/tls-chains.ts"],
  "sdk/src/core/errors/decodeRevert.ts": ["test/sdk/revertData.ts", "test/sdk/errors.ts"],
  "sdk/src/core/errors/findRevertData.ts": ["test/sdk/revertData.ts", "test/sdk/errors.ts"],
  "sdk/src/core/errors/toGuildhallError.ts": ["test/sdk/revertData.ts", "test/sdk/errors.ts"],
};

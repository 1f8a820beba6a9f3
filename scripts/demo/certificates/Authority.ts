import type { Certificate } from "../../../sdk/src/certificates/index.js";

/** The centres as somebody sees them who trusts their committee. */
export type Authority = {
  readonly committeeId: string;
  /** The receiving centre's number on the ledger. */
  readonly centre: number;
  /** The receiving centre's own certificate. */
  readonly root: Certificate;
  /** In the order of the committee's members: a centre's number in envelopes and answers is its place here. */
  readonly centres: readonly PresentedCentre[];
};

/** A centre's service, and the key that identifications are sealed to for it. */
export type PresentedCentre = { readonly account: string; readonly url: string; readonly publicKey: string };

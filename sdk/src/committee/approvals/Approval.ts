import type { GroupKeyPoint } from "../../frost/GroupKeyPoint.js";

/** One member's part of an approval. */
export type ApprovalEntry = {
  /** The member's index. */
  readonly index: number;
  /** `key`: 64 bytes `r ‖ vs` (ERC-2098). `wallet`: what its ERC-1271 is asked with, up to 65,535 bytes. */
  readonly kind: "key" | "wallet";
  readonly signature: string;
};

/** An approval by named members, in index order. */
export type MembersApproval = {
  readonly scheme: "members";
  readonly entries: readonly ApprovalEntry[];
};

/** An approval by the group key. */
export type FrostApproval = {
  readonly scheme: "frost";
  readonly r: GroupKeyPoint;
  readonly z: bigint;
};

/** What an approval's bytes say. */
export type Approval = MembersApproval | FrostApproval;

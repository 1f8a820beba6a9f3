import { readFileSync } from "node:fs";

/** One case of vectors/approvals.json. */
export type ApprovalVector = {
  readonly name: string;
  readonly members: readonly string[];
  readonly threshold: number;
  readonly digest: string;
  /** By member, in the order in which they arrive. Key signatures have 64 or 65 bytes. */
  readonly signatures: readonly { readonly member: string; readonly signature: string }[];
  /** 65 bytes, where the group signs, with the key that the members confirmed. */
  readonly frost?: { readonly groupKey: string; readonly signature: string };
  /** The bytes that the registry takes. */
  readonly approval: string;
};

/** The golden approvals, which the SDK builds and the registry accepts. */
export const approvalVectors = JSON.parse(
  readFileSync(new URL("../../vectors/approvals.json", import.meta.url), "utf8"),
) as readonly ApprovalVector[];

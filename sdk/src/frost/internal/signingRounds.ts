import { isHexString } from "ethers";

import type { Envelope } from "../channel/Envelope.js";
import type { FrostCommitment } from "../FrostCommitment.js";
import { readFields } from "./readFields.js";

/** Names of the messages of a signing session. Each attempt has its own. */
export const signingRounds = {
  request: (attempt: number): string => `request ${attempt}`,
  commitment: (attempt: number): string => `commitment ${attempt}`,
  commitments: (attempt: number): string => `commitments ${attempt}`,
  share: (attempt: number): string => `signature share ${attempt}`,
  result: "result",
} as const;

/** The attempt that a message of the coordinator belongs to. */
export function attemptOf({ round }: Envelope): { readonly kind: string; readonly attempt: number } {
  const [kind = "", attempt = "0"] = round.split(" ");
  return { kind, attempt: Number(attempt) };
}

/** A commitment that its own author sent, or `undefined`. */
export function readCommitment({ from, body }: Envelope): FrostCommitment | undefined {
  return toCommitment({ ...readFields(body), member: from });
}

/** The list of commitments that a coordinator sent, or `undefined`. */
export function readCommitments({ body }: Envelope): readonly FrostCommitment[] | undefined {
  const { commitments } = readFields(body);
  if (!Array.isArray(commitments)) return undefined;
  const list = commitments.map((item: unknown) => toCommitment(item));
  return list.every((item) => item !== undefined) ? list : undefined;
}

function toCommitment(value: unknown): FrostCommitment | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { member, hiding, binding } = value as Partial<Record<keyof FrostCommitment, unknown>>;
  if (typeof member !== "string" || !isHexString(hiding, 33) || !isHexString(binding, 33)) return undefined;
  return { member, hiding, binding };
}

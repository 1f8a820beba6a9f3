import type { Identification } from "../../../sdk/src/certificates/index.js";
import type { IdentityVerdict } from "../../../sdk/src/node/certificates/index.js";

/** How a centre finds out whether an applicant is what it says to be. */
export type IdentityRule = (identification: Identification) => IdentityVerdict;

/** Why an application is rejected, by the number that results carry. */
export const rejections = { model: 1, owner: 2, firmware: 3 } as const;

/** The models whose type was approved. */
const MODELS = ["T-400", "H-10"];

/** The merchants that the consortium knows, by their numbers. */
const OWNERS = ["M-20417", "M-20533"];

/** The oldest firmware without a known fault. */
const FIRMWARE = 4;

const judge = (good: boolean, reason: number): IdentityVerdict =>
  good ? { verdict: "approve" } : { verdict: "reject", reason };

const isAmong = (known: readonly string[], value: unknown): boolean =>
  typeof value === "string" && known.includes(value);

/** Each centre's own rule: it knows something that the others do not. */
export const identityRules: Readonly<Record<string, IdentityRule>> = {
  "centre-1": ({ model }) => judge(isAmong(MODELS, model), rejections.model),
  "centre-2": ({ owner }) => judge(isAmong(OWNERS, owner), rejections.owner),
  "centre-3": ({ firmware }) => judge(typeof firmware === "number" && firmware >= FIRMWARE, rejections.firmware),
};

/** The parties of a referral deal. */
export const roles = ["merchant", "customer", "buyer"] as const;

/** A party of a referral deal. The buyer is the third party that the customer brings. */
export type Role = (typeof roles)[number];

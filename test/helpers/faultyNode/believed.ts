/**
 * What one node alone cannot be caught at, by fault, with the reads that then tell what the node told. The page on the trust
 * model says the same in words.
 */
export const believed: Readonly<Record<string, readonly string[]>> = {};

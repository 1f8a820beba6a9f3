import type { Part } from "./Part.js";

/** What the others stand on: compiled contracts, generated files, the SDK. One after the other. */
export const FIRST: readonly Part[] = [
  { script: "check:fresh", counts: "check" },
  { script: "check:warnings", counts: "check" },
  { script: "build:sdk", counts: "check" },
];

/**
 * Run beside each other, the parts of a lane one after the other. There is a lane more than two cores would ask for: tests of
 * processes wait for a third of their time. Each lane takes about as long as the others.
 */
export const LANES: readonly (readonly Part[])[] = [
  [{ script: "test:contracts", counts: "tests" }],
  [
    { script: "typecheck", counts: "check" },
    { script: "lint", counts: "check" },
    { script: "format:check", counts: "check" },
    { script: "check:trees", counts: "check" },
    { script: "check:failures", counts: "check" },
    { script: "check:links", counts: "check" },
    { script: "check:invariants", counts: "check" },
    { script: "check:canaries", counts: "check" },
    { script: "check:quality", counts: "check" },
    { script: "check:supply", counts: "check" },
    { script: "check:bundle", counts: "check" },
    { script: "test:solidity", counts: "tests" },
    { script: "test:cancun", counts: "tests" },
    { script: "check:gas", counts: "check" },
  ],
  [{ script: "test:processes", counts: "tests" }],
];

import type { Canary } from "./Canary.js";
import { npm } from "./npm.js";

const HEADER = "// SPDX-License-Identifier: MIT\npragma solidity 0.8.37;\n\n";

/** Faults for what runs the tests: a part that is left out, a test that is, a campaign that misses an action. */
export const RUN_CANARIES: readonly Canary[] = [
  {
    name: "npm test: a part that fails",
    gate: [["npm", "test", "--silent", "--", "--only", "check:links"]],
    of: ["test", "check:links"],
    says: /FAILED check:links[\s\S]*0 passed, 1 failed/u,
    plant: ({ replace }) => {
      replace("README.md", /$/u, "\n[canary](docs/canary.md)\n");
    },
  },
  {
    name: "npm test: fewer tests than recorded",
    gate: [["npm", "test", "--silent", "--", "--only", "check:links"]],
    of: ["test"],
    says: /check:links: ran 1, recorded are 2/u,
    plant: ({ replace }) => {
      replace("docs/quality/tests.json", /"check:links": 1\b/u, '"check:links": 2');
    },
  },
  {
    name: "links: a heading that is not there",
    gate: [npm("check:links")],
    says: /README\.md: README\.md has no heading for #canary/u,
    plant: ({ replace }) => {
      replace("README.md", /$/u, "\n[canary](#canary)\n");
    },
  },
  {
    name: "invariants: a row whose test does not name it",
    gate: [npm("check:invariants")],
    says: /D2: test\/deals\/DealTerms\.t\.sol does not name it/u,
    plant: ({ replace }) => {
      replace("docs/invariants.md", /(\| D2 \|[^|]*\|)[^|]*\|/u, "$1 `DealTerms.t.sol` |");
    },
  },
  {
    name: "invariants: a number without a row",
    gate: [npm("check:invariants")],
    says: /names D99, which has no row/u,
    plant: ({ replace }) => {
      replace("test/deals/DealsInvariants.t.sol", "D9: state", "D99: state");
    },
  },
  {
    name: "canaries: a part without one",
    gate: [npm("check:canaries")],
    says: /check:pack: no canary shows it a fault/u,
    plant: ({ replace }) => {
      replace("scripts/checks/run/parts.ts", /(\{ script: )"check:links"/u, '$1"check:pack"');
    },
  },
  {
    name: "sdk: a source that does not compile",
    gate: [npm("build:sdk")],
    says: /TS2322/u,
    plant: ({ replace }) => {
      replace("sdk/src/Guildhall.ts", /$/u, "\nexport const canary: string = 1;\n");
    },
  },
  {
    name: "campaigns: an action that no run reaches, under Hardhat",
    gate: [["hardhat", "build"], npm("test:solidity", "test/deals/DealsInvariants.t.sol")],
    says: /never reached .*DealsHandler\.donate with success/u,
    plant: ({ replace }) => {
      replace("test/deals/DealsInvariants.t.sol", "_handler.donate.selector", "_handler.settle.selector");
    },
  },
  {
    name: "campaigns: an action that no run reaches, under forge",
    gate: [
      ["env", "FOUNDRY_INVARIANT_RUNS=8", ...npm("test:forge", "--match-path", "test/deals/DealsInvariants.t.sol")],
    ],
    of: ["test:forge"],
    says: /never reached .*DealsHandler\.donate with success/u,
    plant: ({ replace }) => {
      replace("test/deals/DealsInvariants.t.sol", "_handler.donate.selector", "_handler.settle.selector");
    },
  },
  {
    name: "campaigns: an action that does nothing",
    gate: [["hardhat", "build"], npm("test:solidity", "test/deals/DealsInvariants.t.sol")],
    says: /action \d+ did nothing/u,
    plant: ({ replace }) => {
      replace(
        "test/helpers/Books.sol",
        "address token = _token(seed);",
        "if (seed != 0) assembly { return(0, 0) }\n        address token = _token(seed);",
      );
    },
  },
  {
    name: "deep: a test that fails",
    gate: [npm("test:deep", "test/Canary.t.sol")],
    says: /Failure: test\/Canary\.t\.sol/u,
    plant: ({ write }) => {
      write(
        "test/Canary.t.sol",
        `${HEADER}contract CanaryTest {\n    function testFuzz_small(uint256 x) external pure {\n        require(x < 1e70, "large");\n    }\n}\n`,
      );
    },
  },
  {
    name: "cancun: a behaviour test that fails there alone",
    gate: [npm("test:cancun", "test/directory/addressOf.ts")],
    says: /a canary of Cancun/u,
    plant: ({ replace }) => {
      replace(
        "test/directory/addressOf.ts",
        /^describe\(/mu,
        'it("a canary of Cancun", () => {\n  if (process.argv.includes("cancun")) throw new TypeError("Cancun");\n});\n\ndescribe(',
      );
    },
  },
  {
    name: "processes: a nonce that is used twice",
    gate: [npm("test:processes", "test/frost/nonces.ts")],
    says: /[1-9]\d* failing/u,
    plant: ({ replace }) => {
      replace("sdk/src/frost/createMemoryNonceStore.ts", 'states.get(nonceId) === "reserved"', "states.has(nonceId)");
    },
  },
  {
    name: "quality: a page that says more than its figures",
    gate: [npm("check:quality")],
    says: /stale: docs\/quality\.md/u,
    plant: ({ replace }) => {
      replace("docs/quality/proofs.json", '"failed": 0', '"failed": 1');
    },
  },
  {
    name: "quality: a contract that changed since it was mutated",
    gate: [npm("check:quality")],
    says: /stale: docs\/quality\.md/u,
    plant: ({ replace }) => {
      replace("contracts/utils/Chunks.sol", /^\/\/ SPDX/u, "// A canary.\n// SPDX");
    },
  },
];

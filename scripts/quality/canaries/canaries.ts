import { createHash } from "node:crypto";

import type { Canary } from "./Canary.js";
import { npm } from "./npm.js";

const SCRIPT = "scripts/canary.ts";
const CONTRACT = "contracts/mocks/Canary.sol";
const HEADER = "// SPDX-License-Identifier: MIT\npragma solidity 0.8.37;\n\n";

/** One line for each gate and fault. A new gate adds its own. */
export const CANARIES: readonly Canary[] = [
  {
    name: "lint: an any",
    gate: [["oxlint", "--config", "oxlint.config.js", SCRIPT]],
    of: ["lint"],
    says: /no-explicit-any/u,
    plant: ({ write }) => {
      write(SCRIPT, "export const canary: any = 1;\n");
    },
  },
  {
    name: "lint: a floating promise",
    gate: [["oxlint", "--config", "oxlint.config.js", SCRIPT]],
    of: ["lint"],
    says: /no-floating-promises/u,
    plant: ({ write }) => {
      write(SCRIPT, "Promise.resolve(1);\n");
    },
  },
  {
    name: "lint: a test that runs alone",
    gate: [["oxlint", "--config", "oxlint.config.js", "test/directory/addressOf.ts"]],
    of: ["lint"],
    says: /Every test runs, always/u,
    plant: ({ replace }) => {
      replace("test/directory/addressOf.ts", /\bit\(/u, "it.only(");
    },
  },
  {
    name: "lint: tx.origin in a contract",
    gate: [["solhint", "--disc", "--noPoster", "--max-warnings", "0", CONTRACT]],
    of: ["lint"],
    says: /avoid-tx-origin/u,
    plant: ({ write }) => {
      write(
        CONTRACT,
        `${HEADER}contract Canary {\n    function f() external view returns (address) {\n        return tx.origin;\n    }\n}\n`,
      );
    },
  },
  {
    name: "format: a line out of shape",
    gate: [npm("format:check")],
    says: /scripts\/canary\.ts/u,
    plant: ({ write }) => {
      write(SCRIPT, "export const canary  =  1\n");
    },
  },
  {
    name: "types: a number that is called a string",
    gate: [npm("typecheck")],
    says: /canary\.ts.*TS2322/u,
    plant: ({ write }) => {
      write(SCRIPT, "export const canary: string = 1;\n");
    },
  },
  {
    name: "warnings: a variable that is not used",
    gate: [["hardhat", "build"], npm("check:warnings")],
    says: /Unused local variable/u,
    plant: ({ write }) => {
      write(
        CONTRACT,
        `${HEADER}contract Canary {\n    function f() external pure {\n        uint256 unused;\n    }\n}\n`,
      );
    },
  },
  {
    name: "fresh: bindings that were edited",
    gate: [npm("check:fresh")],
    says: /stale: typechain-types/u,
    plant: ({ replace }) => {
      replace("typechain-types/hardhat.d.ts", "/* eslint-disable */", "/* eslint-disable */ ");
    },
  },
  {
    name: "generated: an ABI that was edited",
    gate: [npm("check:generated")],
    says: /abis\.ts/u,
    plant: ({ replace }) => {
      replace("sdk/src/generated/abis.ts", /nonpayable/u, "payable");
    },
  },
  {
    name: "trees: a leaf without its test",
    gate: [npm("check:trees")],
    says: /no test for: .*sings/u,
    plant: ({ replace }) => {
      replace("test/directory/addressOf.tree", /\n([├└]── )/u, "\n├── it sings\n$1");
    },
  },
  {
    name: "gas: a ratio that grew",
    gate: [npm("check:gas")],
    says: /committee\.frost-library: ratio 1 ->/u,
    plant: ({ replace }) => {
      replace("bench/results/gas.json", /"ratio": [0-9.]+/u, '"ratio": 1');
    },
  },
  {
    name: "bundle: 200,000 bytes more",
    gate: [npm("check:bundle")],
    says: /more than the limit/u,
    plant: ({ replace }) => {
      const noise = createHash("shake256", { outputLength: 200_000 }).update("canary").digest("base64");
      replace("sdk/src/Guildhall.ts", /$/u, `\nexport const canary = "${noise}";\nconsole.log(canary);\n`);
    },
  },
  {
    name: "bundle: a Node built-in in the SDK",
    gate: [npm("check:bundle")],
    says: /which browsers lack/u,
    plant: ({ replace }) => {
      replace("sdk/src/Guildhall.ts", /^/u, 'import { hostname } from "node:os";\nconsole.log(hostname());\n');
    },
  },
  {
    name: "behaviour: a directory that forgets a check",
    gate: [["hardhat", "build"], npm("test:contracts", "test/directory/constructor.ts")],
    of: ["test:contracts", "test:mocha"],
    says: /DirectoryNameTaken/u,
    plant: ({ replace }) => {
      replace("contracts/directory/Directory.sol", "_accounts[name] != address(0)", "false");
    },
  },
  {
    name: "invariants: a rebate that is paid twice",
    gate: [npm("test:forge", "--match-path", "test/deals/DealsInvariants.t.sol")],
    says: /Failure: test\/deals\/DealsInvariants/u,
    plant: ({ replace }) => {
      replace("contracts/deals/Referral.sol", "Referral.unwrap(self) | CLOSED", "Referral.unwrap(self)");
    },
  },
  {
    name: "two engines: a file without tests",
    gate: [["env", "FOUNDRY_FUZZ_RUNS=8", "FOUNDRY_INVARIANT_RUNS=2", ...npm("test:forge")]],
    of: ["test:forge"],
    says: /no test of test\/Canary\.t\.sol ran/u,
    plant: ({ write }) => {
      write("test/Canary.t.sol", `${HEADER}contract CanaryTest {\n    uint256 internal _x;\n}\n`);
    },
  },
  {
    name: "proof: a default that settles",
    gate: [npm("prove", "ReferralProof.refundLodged")],
    says: /FAILED .*refundLodged/u,
    needs: "z3",
    plant: ({ replace }) => {
      replace(
        "contracts/deals/Referral.sol",
        "uint256(IReferralDeals.DealState.DEFAULTED)",
        "uint256(IReferralDeals.DealState.SETTLED)",
      );
    },
  },
  {
    name: "examples: one that does not compile",
    gate: [npm("test:contracts", "test/sdk/examples.ts")],
    says: /[1-9]\d* failing/u,
    plant: ({ replace }) => {
      replace("sdk/src/Guildhall.ts", /( \* )const (\w+) = await Guildhall/u, "$1const $2: number = await Guildhall");
    },
  },
  {
    name: "lock: a version that floats",
    gate: [npm("check:supply", "--only", "lock")],
    says: /which is no exact version/u,
    plant: ({ replace }) => {
      replace("package.json", /"chai": "/u, '"chai": "^');
    },
  },
  {
    name: "lock: a package without integrity",
    gate: [npm("check:supply", "--only", "lock")],
    says: /has no SHA-512 integrity/u,
    plant: ({ replace }) => {
      replace("package-lock.json", /"integrity": "sha512-[^"]*",\n/u, "");
    },
  },
  {
    name: "lock: a package from elsewhere",
    gate: [npm("check:supply", "--only", "lock")],
    says: /not from the registry/u,
    plant: ({ replace }) => {
      replace(
        "package-lock.json",
        /"integrity": "sha512-/u,
        '"resolved": "git+ssh://git@example.org/a.git", "integrity": "sha512-',
      );
    },
  },
  {
    name: "lock: a script at install",
    gate: [npm("check:supply", "--only", "lock")],
    says: /runs a script at install/u,
    plant: ({ replace }) => {
      replace("package-lock.json", /"integrity": "sha512-/u, '"hasInstallScript": true, "integrity": "sha512-');
    },
  },
  {
    name: "compiler: one byte more",
    gate: [npm("check:supply", "--only", "compiler")],
    says: /has the SHA-256/u,
    plant: ({ replace }) => {
      replace("node_modules/solc/soljson.js", /$/u, "\n");
    },
  },
  {
    name: "licences: one that is not on the list",
    gate: [npm("check:supply", "--only", "licences")],
    says: /has the licence GPL-3\.0-only/u,
    plant: ({ replace }) => {
      replace("package-lock.json", /"license": "ISC"/u, '"license": "GPL-3.0-only"');
    },
  },
  {
    name: "secrets: a raw private key",
    gate: [npm("check:supply", "--only", "secrets")],
    says: /scripts\/canary\.ts:1: is a 32-byte word/u,
    plant: ({ write }) => {
      write(SCRIPT, `export const canary = "${createHash("sha256").update("canary").digest("hex")}";\n`);
    },
  },
  {
    name: "secrets: a mnemonic",
    gate: [npm("check:supply", "--only", "secrets")],
    says: /looks like a mnemonic/u,
    plant: ({ write }) => {
      write(SCRIPT, `// ${new Array<string>(11).fill("zoo").join(" ")} wrong\n`);
    },
  },
  {
    name: "reproducible: a record of other code",
    gate: [npm("check:reproducible")],
    says: /was made by other code/u,
    plant: ({ replace }) => {
      replace("deployments/31337.json", /"initCodeHash": "0x.{8}/u, '"initCodeHash": "0x00000000');
    },
  },
  {
    name: "reproducible: an instruction of Osaka",
    gate: [npm("check:reproducible")],
    says: /Canary.*(?:Cancun|clz)/su,
    plant: ({ write }) => {
      write(
        CONTRACT,
        `${HEADER}contract Canary {\n    function f(uint256 x) external pure returns (uint256 y) {\n        assembly {\n            y := clz(x)\n        }\n    }\n}\n`,
      );
    },
  },
  {
    name: "failures: an error without its row",
    gate: [["hardhat", "build"], npm("check:failures")],
    says: /no row provokes DirectoryUnknownName/u,
    plant: ({ replace }) => {
      replace("test/directory/DirectoryFailures.t.sol", "function test_addressOf()", "function leftOut()");
    },
  },
  {
    name: "coverage: a function that no test calls",
    gate: [npm("coverage")],
    says: /Fewer lines are reached than promised/u,
    plant: ({ replace }) => {
      replace("test/committee/CommitteeOf.t.sol", "function testFuzz_", "function leftOut_");
    },
  },
  {
    name: "signatures: a type that is not in the table",
    gate: [["hardhat", "test", "mocha", "--no-compile", "test/signatures/types.ts"]],
    of: ["test:contracts"],
    says: /not in the table: expected \[ 'Canary' \]/u,
    plant: ({ replace }) => {
      replace(
        "contracts/committee/CommitteeHash.sol",
        "library CommitteeHash {",
        'library CommitteeHash {\n    bytes32 internal constant CANARY_TYPEHASH = keccak256("Canary(address keeper)");',
      );
    },
  },
  {
    name: "reads: one that no faulty node was tried on",
    gate: [["hardhat", "test", "mocha", "--no-compile", "test/sdk/everyRead.ts"]],
    of: ["test:contracts"],
    says: /DirectoryClient\.canary/u,
    plant: ({ replace }) => {
      replace(
        "sdk/src/directory/DirectoryClient.ts",
        /( {2}async addressOf\()/u,
        "  canary(): Promise<string> {\n    return this.addressOf(this.address);\n  }\n\n$1",
      );
    },
  },
  {
    name: "proof: an escrow that ends twice",
    gate: [npm("prove", "SaleRecordProof.refundThenRelease")],
    says: /FAILED .*refundThenRelease/u,
    needs: "z3",
    plant: ({ replace }) => {
      replace("contracts/deals/SaleRecord.sol", "_requireState(self, saleId, IReferralDeals.SaleState.ESCROWED);", "");
    },
  },
  {
    name: "proof: a percentage that rounds up",
    gate: [npm("prove", "DealTermsProof.percentOff")],
    says: /FAILED .*percentOff/u,
    needs: "z3",
    plant: ({ replace }) => {
      replace(
        "contracts/deals/DealTerms.sol",
        "(saleAmount * discount) / BASIS_POINTS",
        "(saleAmount * discount) / BASIS_POINTS - 1",
      );
    },
  },
  {
    name: "matrix: a cell without an expectation",
    gate: [["hardhat", "test", "mocha", "--no-compile", "test/deals/saleMatrix.ts"]],
    of: ["test:mocha"],
    says: /are all in the table/u,
    plant: ({ replace }) => {
      replace("test/deals/saleMatrix.ts", /\n {2}ESCROWED, from +\| releaseSale[^\n]*/u, "");
    },
  },
  {
    name: "mutation: a contract that no test looks at",
    gate: [npm("test:mutation", "--anew", "--quick", "contracts/directory/Directory.sol")],
    says: /killed, less than 90 %/u,
    plant: ({ write }) => {
      write("test/directory/constructor.ts", 'describe("nothing", () => {\n  it("is held", () => {});\n});\n');
      write("test/directory/addressOf.ts", "export {};\n");
    },
  },
  {
    name: "mutation: a part of the SDK that no test looks at",
    gate: [npm("test:mutation:sdk", "sdk/src/core/abi/memberOf.ts")],
    says: /killed, less than 90 %/u,
    plant: ({ write }) => {
      write("test/sdk/memberOf.ts", 'describe("nothing", () => {\n  it("is held", () => {});\n});\n');
    },
  },
];

import { join } from "node:path";

import { expect } from "chai";

import { checkPack } from "../../scripts/checks/checkPack.js";

describe("the packed SDK", () => {
  it("installs into an empty project, runs there and has its types", async function () {
    this.timeout(180_000);
    const { names, printed } = await checkPack(join(import.meta.dirname, "../.."));
    expect(printed).to.equal("0.1.0 ReentrancyGuardReentrantCall true function function true function function true");
    expect(names).to.include.members([
      "package.json",
      "README.md",
      "LICENSE",
      "dist/sdk/src/index.js",
      "dist/sdk/src/index.d.ts",
    ]);
    const strangers = names.filter(
      (name) => !/^(?:package\.json|README\.md|LICENSE|dist\/.*\.(?:js|d\.ts))$/.test(name),
    );
    expect(strangers).to.deep.equal([]);
    // The types of the interfaces' bindings, and no contract's code: that has no place in a web page.
    const bindings = names.filter((name) => name.startsWith("dist/typechain-types/") && name.endsWith(".d.ts"));
    expect(bindings.map((name) => name.split("/").at(-1))).to.have.members([
      "common.d.ts",
      "CertificateLedger.d.ts",
      "ICommitteeRegistry.d.ts",
      "IDirectory.d.ts",
      "IReferralDeals.d.ts",
      "IChunkStore.d.ts",
      "RewardPool.d.ts",
    ]);
  });
});

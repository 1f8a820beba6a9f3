import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { keccak256 } from "ethers";

import { ROOT, runScript } from "./runScript.js";

const TEST = "test/helpers/Deployed.t.sol";

type Artifact = { readonly bytecode: string; readonly buildInfoId: string; readonly inputSourceName: string };
type Input = { readonly sources: object; readonly settings: { readonly viaIR?: boolean } };

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8"));
}

function readArtifact(path: string): Artifact {
  return readJson(path) as Artifact;
}

/** What the compiler was given to make an artifact. */
function inputOf({ buildInfoId }: Artifact): Input {
  return (readJson(`artifacts/build-info/${buildInfoId}.json`) as { readonly input: Input }).input;
}

/** The contracts of the suite: those that the record of the local chain names, and the directory that names them. */
function deployables(): readonly (readonly [name: string, artifact: Artifact])[] {
  const { contracts } = readJson("deployments/31337.json") as { readonly contracts: object };
  return [...Object.keys(contracts), "Directory"].map((name) => {
    const [path = ""] = globSync(`artifacts/contracts/**/${name}.json`, { cwd: ROOT });
    return [name, readArtifact(path)] as const;
  });
}

describe("the code that Solidity tests deploy", function () {
  this.timeout(120_000);

  it("is that of the artifact, of every contract of the suite", async () => {
    const options = ["test", "solidity", "--no-compile", "-vv", TEST];
    const environment = { GUILDHALL_LOG_CODES: "true", NO_COLOR: "1" };
    const { exitCode, output } = await runScript("node_modules/hardhat/dist/src/cli.js", options, environment);
    expect(exitCode, output).to.equal(0);
    const logged = [...output.matchAll(/^\s*(\w+)\.sol:\1: (0x[0-9a-f]{64})$/gmu)].map(([, name, hash]) => [
      name,
      hash,
    ]);

    const built = deployables().map(([name, { bytecode }]) => [name, keccak256(bytecode)]);
    expect(Object.fromEntries(logged)).to.deep.equal(Object.fromEntries(built));
  });

  it("is built for deployment, and the tests are not", () => {
    const ofTests = inputOf(readArtifact(`artifacts/${TEST}/DeployedTest.json`));
    expect(ofTests.settings.viaIR).to.equal(false);
    for (const [name, artifact] of deployables()) {
      expect(inputOf(artifact).settings.viaIR, name).to.equal(true);
      expect(Object.keys(ofTests.sources), "imported by a test").not.to.include(artifact.inputSourceName);
    }
  });
});

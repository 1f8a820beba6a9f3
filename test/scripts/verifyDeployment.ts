import { expect } from "chai";
import hre from "hardhat";

import type { DeployedContract, Deployment } from "../../scripts/deployment/Deployment.js";
import type { Difference } from "../../scripts/deployment/Difference.js";
import { verifyDeployment } from "../../scripts/deployment/verifyDeployment.js";
import type { Chain } from "./inProcess.js";
import { createChain, deployOn, plan, ZERO_ADDRESS } from "./inProcess.js";

const OTHER_HASH = `0x${"ab".repeat(32)}`;
const OTHER_ADDRESS = "0x1111111111111111111111111111111111111111";

describe("verifyDeployment", () => {
  let chain: Chain;
  let record: Deployment;

  before(async () => {
    chain = await createChain({ chainId: 4242 });
    record = await deployOn(chain, await plan());
  });

  async function differences(tampered: Deployment, againstSource = false): Promise<readonly Difference[]> {
    const { provider } = chain.ethers;
    return verifyDeployment({ provider, record: tampered, artifacts: hre.artifacts, againstSource });
  }

  function contract(name: string): DeployedContract {
    return record.contracts[name] ?? expect.fail(`no ${name} in the record`);
  }

  /** The record with a contract of it changed. */
  function withContract(name: string, change: Partial<DeployedContract>): Deployment {
    return { ...record, contracts: { ...record.contracts, [name]: { ...contract(name), ...change } } };
  }

  async function onceChanged(address: string, code: string, check: () => Promise<void>): Promise<void> {
    const before = await chain.ethers.provider.getCode(address);
    await chain.provider.request({ method: "hardhat_setCode", params: [address, code] });
    await check();
    await chain.provider.request({ method: "hardhat_setCode", params: [address, before] });
  }

  it("finds nothing on the chain of the record", async () => {
    expect(await differences(record)).to.deep.equal([]);
    expect(await differences(record, true)).to.deep.equal([]);
  });

  it("names another chain", async () => {
    expect(await differences({ ...record, chainId: 1 })).to.deep.equal([
      { kind: "chain", what: "chainId", recorded: "1", found: "4242" },
    ]);
  });

  it("names missing code", async () => {
    const { address } = contract("ReferralDeals");
    await onceChanged(address, "0x", async () => {
      expect(await differences(record)).to.deep.equal([
        { kind: "no-code", what: "ReferralDeals", recorded: `code at ${address}`, found: "no code" },
      ]);
    });
  });

  it("names other code", async () => {
    const { address, codeHash } = contract("CommitteeRegistry");
    await onceChanged(address, "0xfe", async () => {
      expect(await differences(record)).to.deep.equal([
        {
          kind: "code",
          what: "CommitteeRegistry's code hash",
          recorded: codeHash,
          found: chain.ethers.keccak256("0xfe"),
        },
      ]);
    });
  });

  it("names another code hash in the record", async () => {
    const [difference, ...more] = await differences(withContract("ReferralDeals", { codeHash: OTHER_HASH }));
    expect(more).to.deep.equal([]);
    expect(difference).to.deep.equal({
      kind: "code",
      what: "ReferralDeals's code hash",
      recorded: OTHER_HASH,
      found: contract("ReferralDeals").codeHash,
    });
  });

  it("names a forged factory, and a factory and salt other than the suite's", async () => {
    await onceChanged(record.factory, "0xfe", async () => {
      expect((await differences(record)).map(({ kind, what }) => [kind, what])).to.deep.equal([
        ["factory", "factory's code hash"],
      ]);
    });
    const tampered = { ...record, salt: OTHER_HASH };
    expect((await differences(tampered)).map(({ what }) => what)).to.deep.equal(["salt"]);
  });

  it("names an address that does not follow from the creation code", async () => {
    const found = await differences(withContract("ReferralDeals", { address: record.factory }));
    expect(found.map(({ kind, what }) => [kind, what])).to.deep.include.members([
      ["address", "ReferralDeals's address"],
      ["code", "ReferralDeals's code hash"],
      ["transaction", "creation of ReferralDeals's transaction"],
      ["directory-entry", "directory's entry ReferralDeals"],
    ]);
  });

  it("names another creation code hash in the record", async () => {
    const found = await differences(withContract("ReferralDeals", { initCodeHash: OTHER_HASH }));
    expect(found.map(({ kind }) => kind)).to.deep.equal(["address", "transaction"]);
  });

  it("names constructor arguments that were not given", async () => {
    const constructorArguments = [[], ZERO_ADDRESS];
    const [difference, ...more] = await differences(withContract("Directory", { constructorArguments }));
    expect(more).to.deep.equal([]);
    expect(difference?.kind).to.equal("constructor-arguments");
    expect(difference?.what).to.equal("Directory's constructor arguments");
    expect(difference?.recorded).to.not.equal(difference?.found);
  });

  it("names constructor arguments that the constructor does not take", async () => {
    const found = await differences(withContract("Directory", { constructorArguments: ["x"] }));
    expect(found.map(({ kind, recorded }) => [kind, recorded])).to.deep.equal([
      ["constructor-arguments", "arguments that do not fit the constructor"],
    ]);
  });

  it("names a transaction that is not there, is another's, or is of another block", async () => {
    const { transaction, block } = contract("CommitteeRegistry");
    const kinds = async (change: Partial<DeployedContract>) =>
      (await differences(withContract("ReferralDeals", change))).map(({ kind, what }) => [kind, what]);
    expect(await kinds({ transaction: OTHER_HASH })).to.deep.equal([["transaction", "ReferralDeals's transaction"]]);
    expect(await kinds({ transaction, block })).to.deep.equal([
      ["transaction", "creation of ReferralDeals's transaction"],
    ]);
    expect(await kinds({ block: 1 })).to.deep.equal([["transaction", "ReferralDeals's block"]]);
  });

  it("names an entry of the directory that differs, is missing, or is not in the record", async () => {
    const { CommitteeRegistry: _, ...others } = record.contracts;
    expect(await differences({ ...record, contracts: others })).to.deep.equal([
      {
        kind: "directory-extra-entry",
        what: "directory's entry CommitteeRegistry",
        recorded: "no entry",
        found: contract("CommitteeRegistry").address,
      },
    ]);
    const lines = [{ name: chain.ethers.encodeBytes32String("ReferralDeals"), account: record.factory }];
    const forged = await chain.ethers.deployContract("Directory", [lines, ZERO_ADDRESS]);
    const code = await chain.ethers.provider.getCode(await forged.getAddress());
    const standing = await chain.ethers.provider.getCode(record.directory);
    // The lines of a directory are in its storage: other code alone does not change them, so the address does.
    expect(code).to.equal(standing);
    const tampered = { ...record, directory: await forged.getAddress() };
    expect((await differences(tampered)).map(({ kind, what, found }) => [kind, what, found])).to.deep.equal([
      ["directory-entry", "directory", record.directory],
      ["directory-entry", "directory's entry CommitteeRegistry", "no entry"],
      ["directory-entry", "directory's entry ReferralDeals", record.factory],
      ["directory-entry", "directory's entry ChunkStore", "no entry"],
      ["directory-entry", "directory's entry RewardPool", "no entry"],
      ["directory-entry", "directory's entry P256Verifier", "no entry"],
      ["directory-entry", "directory's entry CertificateLedger", "no entry"],
    ]);
  });

  it("names a directory that is none", async () => {
    const { address } = contract("ReferralDeals");
    const found = await differences({ ...record, directory: address });
    expect(found.map(({ kind, found: other }) => [kind, other])).to.deep.equal([
      ["directory-entry", record.directory],
      ["directory-entry", "other code"],
    ]);
  });

  it("names another previous directory", async () => {
    expect(await differences({ ...record, previous: OTHER_ADDRESS })).to.deep.equal([
      { kind: "directory-previous", what: "directory's previous", recorded: OTHER_ADDRESS, found: ZERO_ADDRESS },
    ]);
  });

  it("names source that is not what was deployed, on the local chain without being asked", async () => {
    const local = await createChain();
    const localRecord = await deployOn(local, await plan());
    const deals = localRecord.contracts.ReferralDeals;
    const registry = localRecord.contracts.CommitteeRegistry ?? expect.fail("no registry");
    // The registry's record under the deals' name: all on the chain agrees, and only the source tells.
    const contracts = { ...localRecord.contracts, ReferralDeals: registry };
    const { provider } = local.ethers;
    const found = await verifyDeployment({
      provider,
      record: { ...localRecord, contracts },
      artifacts: hre.artifacts,
      againstSource: false,
    });
    expect(found.map(({ kind, what, found: built }) => [kind, what, built])).to.deep.equal([
      ["source", "ReferralDeals's creation code and arguments", deals?.initCodeHash],
      ["directory-entry", "directory's entry ReferralDeals", deals?.address],
    ]);
  });
});

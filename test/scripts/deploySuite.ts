import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { Contract } from "ethers";

import type { Deployment } from "../../scripts/deployment/Deployment.js";
import { CREATE_X_ADDRESS, CREATE_X_CODE_HASH, installTransaction } from "../../scripts/deployment/createX.js";
import type { ScriptError } from "../../scripts/support/ScriptError.js";
import { createChain, deployOn, plan, ZERO_ADDRESS } from "./inProcess.js";
import { ROOT } from "./runScript.js";

async function refusalOf(promise: Promise<unknown>): Promise<ScriptError> {
  return promise.then(
    () => expect.fail("it was not refused"),
    (error: unknown) => error as ScriptError,
  );
}

describe("deploySuite", () => {
  describe("on a fresh local chain", () => {
    it("gives exactly the committed record", async () => {
      const committed = JSON.parse(readFileSync(join(ROOT, "deployments/31337.json"), "utf8")) as Deployment;
      const deployed = await deployOn(await createChain(), await plan());
      expect(deployed).to.deep.equal({ ...committed, release: deployed.release });
    });

    it("lists every contract in the directory under its name", async () => {
      const chain = await createChain();
      const { contracts, directory } = await deployOn(chain, await plan());
      const onChain = new Contract(
        directory,
        ["function entries() view returns ((bytes32 name, address account)[])"],
        chain.ethers.provider,
      );
      const entries = (await onChain.getFunction("entries")()) as readonly (readonly [string, string])[];
      const named = entries.map(([name, account]) => [chain.ethers.decodeBytes32String(name), account]);
      expect(Object.fromEntries(named)).to.deep.equal({
        CommitteeRegistry: contracts.CommitteeRegistry?.address,
        ReferralDeals: contracts.ReferralDeals?.address,
        ChunkStore: contracts.ChunkStore?.address,
        RewardPool: contracts.RewardPool?.address,
        P256Verifier: contracts.P256Verifier?.address,
        CertificateLedger: contracts.CertificateLedger?.address,
      });
    });

    it("gives the same addresses whoever deploys, at whatever nonce", async () => {
      const chain = await createChain({ chainId: 4242 });
      const [deployer, other] = await chain.ethers.getSigners();
      await deployer?.sendTransaction({ to: other?.address ?? null, value: 1n });
      const deployed = await deployOn(chain, await plan());
      const expected = (await plan()).contracts.map(({ name, address }) => [name, address]);
      expect(Object.entries(deployed.contracts).map(([name, { address }]) => [name, address])).to.deep.equal(expected);
    });
  });

  describe("on a chain that has part of the suite", () => {
    it("deploys the rest and keeps where the first part came from", async () => {
      const chain = await createChain({ chainId: 4242 });
      const first = await deployOn(chain, await plan());
      // Another directory: a new release whose other contracts are the same.
      const block = await chain.ethers.provider.getBlockNumber();
      const second = await deployOn(chain, await plan(first.directory), first);

      expect(await chain.ethers.provider.getBlockNumber()).to.equal(block + 1);
      expect(second.previous).to.equal(first.directory);
      expect(second.directory).to.not.equal(first.directory);
      expect(second.contracts.CommitteeRegistry).to.deep.equal(first.contracts.CommitteeRegistry);
      expect(second.contracts.ReferralDeals).to.deep.equal(first.contracts.ReferralDeals);
      expect(second.contracts.Directory?.block).to.equal(block + 1);
    });

    it("sends nothing when all of it stands, and keeps the commit of the record", async () => {
      const chain = await createChain({ chainId: 4242 });
      const first = { ...(await deployOn(chain, await plan())), commit: "abc", release: "0.0.9" };
      const block = await chain.ethers.provider.getBlockNumber();
      expect(await deployOn(chain, await plan(), first)).to.deep.equal(first);
      expect(await chain.ethers.provider.getBlockNumber()).to.equal(block);
    });

    it("finds transactions without a record", async () => {
      const chain = await createChain({ chainId: 4242 });
      const first = await deployOn(chain, await plan());
      const receipt = await chain.ethers.provider.getTransactionReceipt(first.contracts.Directory?.transaction ?? "");
      expect(receipt?.to).to.equal(CREATE_X_ADDRESS);
      expect(receipt?.blockNumber).to.equal(first.contracts.Directory?.block);
      expect(await deployOn(chain, await plan())).to.deep.equal(first);
    });
  });

  describe("the factory", () => {
    it("is installed by its author's transaction, at the price of what it lacks", async () => {
      const chain = await createChain({ chainId: 4242 });
      const { from, gasLimit, gasPrice } = await installTransaction();
      const [deployer] = await chain.ethers.getSigners();
      await deployer?.sendTransaction({ to: from, value: 1n });
      await deployOn(chain, await plan());
      const code = await chain.ethers.provider.getCode(CREATE_X_ADDRESS);
      expect(chain.ethers.keccak256(code)).to.equal(CREATE_X_CODE_HASH);
      const funding = await chain.ethers.provider.getBlock(2, true);
      expect(funding?.prefetchedTransactions[0]?.value).to.equal(gasLimit * (gasPrice ?? 0n) - 1n);
    });

    it("is refused when it has other code: FactoryForged", async () => {
      const chain = await createChain();
      await chain.provider.request({ method: "hardhat_setCode", params: [CREATE_X_ADDRESS, "0x00"] });
      const { code, args } = await refusalOf(deployOn(chain, await plan()));
      expect(code).to.equal("FactoryForged");
      expect(args).to.deep.equal({
        address: CREATE_X_ADDRESS,
        expected: CREATE_X_CODE_HASH,
        actual: chain.ethers.keccak256("0x00"),
      });
    });

    it("cannot be installed where the base fee is above its price: FactoryUnavailable", async () => {
      const chain = await createChain();
      const fee = `0x${(101n * 10n ** 9n).toString(16)}`;
      await chain.provider.request({ method: "hardhat_setNextBlockBaseFeePerGas", params: [fee] });
      await chain.provider.request({ method: "hardhat_mine", params: [] });
      await chain.provider.request({ method: "hardhat_setNextBlockBaseFeePerGas", params: [fee] });
      const { code, message } = await refusalOf(deployOn(chain, await plan()));
      expect(code).to.equal("FactoryUnavailable");
      expect(message).to.include("100.0 gwei").and.to.include("101.0");
    });
  });

  it("refuses a chain without the instructions of Cancun: ChainTooOld", async () => {
    const chain = await createChain({ hardfork: "shanghai" });
    const { code } = await refusalOf(deployOn(chain, await plan()));
    expect(code).to.equal("ChainTooOld");
    expect(await chain.ethers.provider.getBlockNumber()).to.equal(0);
  });

  it("says so when a contract cannot be deployed: DeploymentFailed", async () => {
    const chain = await createChain({ chainId: 4242 });
    // A directory that follows an account without code reverts.
    const { code, message } = await refusalOf(
      deployOn(chain, await plan("0x00000000000000000000000000000000000000AA")),
    );
    expect(code).to.equal("DeploymentFailed");
    expect(message).to.include("Directory");
    expect(await chain.ethers.provider.getCode((await plan(ZERO_ADDRESS)).directory)).to.equal("0x");
  });
});

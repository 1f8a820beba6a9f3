import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { id, parseEther, toQuantity, Wallet } from "ethers";
import hre from "hardhat";

import { CREATE_X_ADDRESS } from "../../scripts/deployment/createX.js";
import type { Deployment } from "../../scripts/deployment/Deployment.js";
import { foundry } from "../../scripts/support/foundry.js";
import type { TestNode } from "../helpers/node.js";
import { startAnvil, startHardhat } from "../helpers/node.js";
import { plan } from "./inProcess.js";
import { ROOT, runScript, startScript } from "./runScript.js";

const DEPLOY = "scripts/deploy.ts";
const VERIFY = "scripts/verify.ts";
const DEPLOYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

const readRecord = (folder: string, chainId: number): Deployment =>
  JSON.parse(readFileSync(join(folder, `${chainId}.json`), "utf8")) as Deployment;

/** An account with `ether` on the node, for the networks that take a key. */
async function fundedKey(node: TestNode, ether: string): Promise<string> {
  const { address, privateKey } = new Wallet(id("a deployer of the tests"));
  await node.provider.send("anvil_setBalance", [address, toQuantity(parseEther(ether))]);
  return privateKey;
}

describe("npm run deploy and npm run verify", function () {
  // Processes of their own that load the whole of Hardhat, on a chain with a block each second.
  this.timeout(240_000);

  let folder: string;
  let records: string;
  let node: TestNode;

  /** The options that every call needs; `machine` has journals of its own. */
  const on = (machine = "here"): readonly string[] => [
    ...["--network", "localhost", "--rpc-url", node.url],
    ...["--records", records, "--journals", join(folder, machine)],
  ];
  const verifyOn = (): readonly string[] => ["--network", "localhost", "--rpc-url", node.url, "--records", records];
  const anvil = async (...options: readonly string[]) => startAnvil(foundry("anvil"), options);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "guildhall-deploy-"));
    records = join(folder, "records");
    mkdirSync(records);
  });

  afterEach(async () => {
    await node.stop();
    rmSync(folder, { recursive: true });
  });

  for (const [engine, start] of [
    ["Hardhat's node", startHardhat],
    ["anvil", anvil],
  ] as const) {
    describe(`on ${engine}`, () => {
      it("writes the committed record, which verify finds true, and then sends nothing more", async () => {
        node = await start();
        const first = await runScript(DEPLOY, on());
        expect(first.exitCode, first.output).to.equal(0);
        const committed = readFileSync(join(ROOT, "deployments/31337.json"), "utf8");
        expect(readFileSync(join(records, "31337.json"), "utf8")).to.equal(committed);

        const block = await node.provider.getBlockNumber();
        const again = await runScript(DEPLOY, on());
        expect(again.exitCode, again.output).to.equal(0);
        expect(await node.provider.getBlockNumber()).to.equal(block);

        const verified = await runScript(VERIFY, verifyOn());
        expect(verified.output).to.include("Chain 31337 agrees with");
        expect(verified.exitCode).to.equal(0);
      });
    });
  }

  it("prints the whole plan and sends nothing in a dry run", async () => {
    node = await anvil("--chain-id", "4242");
    const { exitCode, output } = await runScript(DEPLOY, [...on(), "--dry-run"]);
    expect(exitCode, output).to.equal(0);
    for (const { name, address } of (await plan()).contracts) {
      expect(output).to.match(new RegExp(`${name}\\s+${address}\\s+[1-9][\\d,]+\\s+0\\.\\d+`));
    }
    expect(output)
      .to.match(/total\s+[1-9][\d,]+\s+0\.\d+/)
      .and.to.include("Dry run: nothing was sent.");
    expect(await node.provider.getTransactionCount(DEPLOYER, "pending")).to.equal(0);
    expect(await node.provider.getBlockNumber()).to.equal(0);
    expect(readdirSync(records)).to.deep.equal([]);
  });

  it("tells gas as it is then used", async () => {
    node = await anvil("--chain-id", "4242");
    const { output } = await runScript(DEPLOY, [...on(), "--yes", "--allow-changes"]);
    const { contracts } = readRecord(records, 4242);
    for (const [name, { transaction }] of Object.entries(contracts)) {
      const told = new RegExp(`${name}\\s+0x\\w+\\s+([\\d,]+)`).exec(output)?.[1]?.replaceAll(",", "");
      const receipt = await node.provider.getTransactionReceipt(transaction ?? "");
      // Storage keys are hashed from nothing that differs: only the fees of the two chains do.
      expect(Number(told), name).to.equal(Number(receipt?.gasUsed));
    }
  });

  describe("on a chain that is not local", () => {
    it("sends nothing without being told so: NotConfirmed", async () => {
      node = await anvil("--chain-id", "4242");
      const { exitCode, output } = await runScript(DEPLOY, [...on(), "--allow-changes"]);
      expect(exitCode).to.equal(2);
      expect(output).to.include("NotConfirmed: Pass --yes");
      expect(await node.provider.getTransactionCount(DEPLOYER, "pending")).to.equal(0);
    });

    it("records transactions, blocks and the commit, and verify names each point that was tampered with", async () => {
      node = await anvil("--chain-id", "4242");
      const deployed = await runScript(DEPLOY, [...on(), "--yes", "--allow-changes"]);
      expect(deployed.exitCode, deployed.output).to.equal(0);
      const record = readRecord(records, 4242);
      expect(record.commit).to.match(/^[0-9a-f]{40}(\+changes)?$/);
      for (const [name, { transaction, block }] of Object.entries(record.contracts)) {
        const receipt = await node.provider.getTransactionReceipt(transaction ?? "");
        expect(receipt?.to, name).to.equal(CREATE_X_ADDRESS);
        expect(receipt?.blockNumber, name).to.equal(block);
      }
      expect((await runScript(VERIFY, [...verifyOn(), "--source"])).exitCode).to.equal(0);

      const deals = record.contracts.ReferralDeals ?? expect.fail("no deals");
      const codeHash = id("tampered");
      const contracts = { ...record.contracts, ReferralDeals: { ...deals, codeHash, block: 1 } };
      writeFileSync(join(records, "4242.json"), JSON.stringify({ ...record, previous: DEPLOYER, contracts }));
      const { exitCode, output } = await runScript(VERIFY, verifyOn());
      expect(exitCode).to.equal(1);
      expect(output)
        .to.include(`code: ReferralDeals's code hash\n  recorded  ${codeHash}\n  found     ${deals.codeHash}`)
        .and.to.include(`transaction: ReferralDeals's block\n  recorded  1\n  found     ${deals.block ?? ""}`)
        .and.to.include(`directory-previous: directory's previous\n  recorded  ${DEPLOYER}`)
        .and.to.include("differs from")
        .and.to.include("in 3 points");
    });

    it("deploys with the key and URL of the configuration variables", async () => {
      node = await anvil("--chain-id", "4242");
      const environment = { GUILDHALL_RPC_URL: node.url, GUILDHALL_DEPLOYER_KEY: await fundedKey(node, "1") };
      const options = ["--network", "custom", "--records", records, "--journals", folder, "--yes", "--allow-changes"];
      const { exitCode, output } = await runScript(DEPLOY, options, environment);
      expect(exitCode, output).to.equal(0);
      expect(output).to.not.include(environment.GUILDHALL_DEPLOYER_KEY);
      expect(readRecord(records, 4242).directory).to.equal((await plan()).directory);
      expect(await node.provider.getTransactionCount(DEPLOYER)).to.equal(0);

      // The factory's transaction pays 100 gwei; what follows it does not.
      const { transaction } = readRecord(records, 4242).contracts.ReferralDeals ?? expect.fail("no deals");
      const receipt = await node.provider.getTransactionReceipt(transaction ?? "");
      expect(Number(receipt?.gasPrice)).to.be.lessThan(10e9);
    });

    it("sends nothing from an account that cannot pay for all of it: BalanceTooLow", async () => {
      node = await anvil("--chain-id", "4242");
      const environment = { GUILDHALL_RPC_URL: node.url, GUILDHALL_DEPLOYER_KEY: await fundedKey(node, "0.1") };
      const options = ["--network", "custom", "--records", records, "--journals", folder, "--yes", "--allow-changes"];
      const { exitCode, output } = await runScript(DEPLOY, options, environment);
      expect(exitCode).to.equal(2);
      expect(output).to.match(/BalanceTooLow: 0\.2\d+ ether are missing on 0x/);
      expect(await node.provider.getBlockNumber()).to.equal(0);
    });
  });

  describe("killed", () => {
    /** The deployer's transactions: one that funds the factory, then one for each contract. */
    const LAST = 8;
    const GO_ON = ["--yes", "--allow-changes", "--confirmations", "1"];

    beforeEach(async () => {
      node = await anvil("--chain-id", "4242", "--no-mining");
    });

    /** Blocks come only when asked for, so that the process can be killed while that transaction is under way. */
    async function killAt(transaction: number): Promise<void> {
      const { provider } = node;
      const { child, result } = startScript(DEPLOY, [...on(), ...GO_ON]);
      for (let sent = 0; sent < transaction;) {
        sent = await provider.getTransactionCount(DEPLOYER, "pending");
        if (sent < transaction) await provider.send("anvil_mine", ["0x1"]);
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (child.exitCode !== null) expect.fail((await result).output);
      }
      child.kill("SIGKILL");
      expect((await result).exitCode).to.equal(null);
      expect(readdirSync(records)).to.deep.equal([]);
    }

    /** Begun again, it deploys what is missing, and nothing was sent twice. */
    async function expectToEnd(machine: string): Promise<void> {
      const { provider } = node;
      await provider.send("evm_setIntervalMining", [1]);
      const resumed = await runScript(DEPLOY, [...on(machine), ...GO_ON]);
      expect(resumed.exitCode, resumed.output).to.equal(0);
      expect(readRecord(records, 4242).directory).to.equal((await plan()).directory);
      expect(await provider.getTransactionCount(DEPLOYER)).to.equal(LAST);
      const logs = await provider.getLogs({ address: CREATE_X_ADDRESS, fromBlock: 0 });
      expect(logs.length).to.equal(Object.keys(readRecord(records, 4242).contracts).length);
      const verified = await runScript(VERIFY, verifyOn());
      expect(verified.exitCode, verified.output).to.equal(0);
    }

    it("at each of its transactions, one after the other, goes on from there", async () => {
      for (let transaction = 1; transaction <= LAST; ++transaction) await killAt(transaction);
      await expectToEnd("here");
    });

    it("at its last transaction, goes on on another machine", async () => {
      await killAt(LAST);
      await expectToEnd("there");
    });
  });

  describe("asked for what is not there", () => {
    it("says which networks there are: NetworkUnknown", async () => {
      node = await startHardhat();
      const { exitCode, output } = await runScript(DEPLOY, ["--network", "nowhere"]);
      expect(exitCode).to.equal(2);
      expect(output).to.include("NetworkUnknown").and.to.include(Object.keys(hre.config.networks).join(", "));
    });

    it("says that a node does not answer: NetworkUnreachable", async () => {
      node = await startHardhat();
      const options = ["--network", "localhost", "--rpc-url", "http://127.0.0.1:9"];
      const { exitCode, output } = await runScript(VERIFY, options);
      expect(exitCode).to.equal(2);
      expect(output).to.include("NetworkUnreachable: Network localhost at http://127.0.0.1:9 does not answer");
    });

    it("says that a chain has no record: RecordMissing", async () => {
      node = await startHardhat();
      const { exitCode, output } = await runScript(VERIFY, verifyOn());
      expect(exitCode).to.equal(2);
      expect(output).to.include("RecordMissing").and.to.include("of chain 31337");
    });

    it("says that a record is unreadable: RecordUnreadable", async () => {
      node = await startHardhat();
      writeFileSync(join(records, "31337.json"), '{"format":"guildhall-deployment","version":2}');
      const { exitCode, output } = await runScript(VERIFY, verifyOn());
      expect(exitCode).to.equal(2);
      expect(output).to.include("RecordUnreadable");
    });
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { dirname } from "node:path";
import { createInterface } from "node:readline";

import { expect } from "chai";
import { hexlify, HDNodeWallet, toUtf8Bytes } from "ethers";

import { checkBooks } from "../../scripts/demo/books/checkBooks.js";
import { identifications } from "../../scripts/demo/certificates/identifications.js";
import { coins } from "../../scripts/demo/coins.js";
import { readOptions } from "../../scripts/demo/options.js";
import { Script } from "../../scripts/demo/stories/Script.js";
import { stories } from "../../scripts/demo/stories/stories.js";
import type { Story } from "../../scripts/demo/stories/Story.js";
import { foundry } from "../../scripts/support/foundry.js";
import { ScriptError } from "../../scripts/support/ScriptError.js";
import { DemoProcess } from "../helpers/demoProcess.js";
import { expectGone } from "../helpers/expectGone.js";

/** What a run of the demo must have printed: every step once, with gas where it is a transaction, and books that add up. */
function expectWhole({ lines }: DemoProcess): void {
  const rows = lines.filter((line) => /^ *\d+ {2}\S+ +\S+-?\d? +\S/.test(line));
  const expected = stories.flatMap(({ id, steps }) =>
    steps.map(({ actor, step, refusal, onChain }) => ({
      story: id,
      actor,
      step: refusal === undefined ? step : `${step}: refused, ${refusal}`,
      onChain: onChain === true,
    })),
  );
  const shown = rows.map((row) => {
    const [, story = "", actor = "", step = "", gas = ""] = /^ *\d+ {2}(\S+) +(\S+) +(.+?) {2,}(\S+)$/.exec(row) ?? [];
    return { story, actor, step, onChain: gas !== "-" && Number(gas.replaceAll(",", "")) > 21_000 };
  });
  expect(shown).to.deep.equal(expected);
  expect(lines.filter((line) => line.startsWith("books "))).to.have.length(4);
  expect(lines.join("\n")).not.to.contain("differs");
  const held = lines.filter((line) => line.startsWith("ReferralDeals: held, owed"));
  expect(held.map((line) => line.replace(/^ReferralDeals: held, owed +/, "").replaceAll(/ +/g, " "))).to.deep.equal([
    "135.00 = 135.00",
    "0.00 = 0.00",
  ]);
  const pool = lines.find((line) => line.startsWith("RewardPool: held, owed"));
  expect(pool?.split(/ +/).slice(-3)).to.deep.equal(["1044.585737069479270502", "=", "1044.585737069479270502"]);
  expect(lines.filter((line) => /^cycle \d( +[\d,]+){5}$/.test(line))).to.have.length(6);
  const certificates = lines.filter((line) => /, certificate \d, by the ledger/.test(line));
  expect(certificates.map((line) => line.split(/ {2,}/).slice(0, 2))).to.deep.equal([
    ["gateway, certificate 1, by the ledger", "VALID, 1 record"],
    ["device-1, certificate 1, by the ledger", "SUPERSEDED, 4 records"],
    ["device-1, certificate 2, by the ledger", "REVOKED, 2 records"],
  ]);
  const said = lines.join("\n");
  for (const word of personal) expect(said).not.to.contain(word);
}

/** What applicants say of themselves, but for what is so short that it may stand for anything. */
const personal = Object.values(identifications).flatMap((each) =>
  Object.values(each).filter((value) => typeof value === "string" && value.length > 5),
) as readonly string[];

/** Nothing that identifies an applicant was sent to the chain, as text or as bytes. */
async function expectNothingPersonal(url: string): Promise<void> {
  const last = Number(await call(url, "eth_blockNumber"));
  let sent = 0;
  for (let number = 0; number <= last; ++number) {
    const block = (await call(url, "eth_getBlockByNumber", [`0x${number.toString(16)}`, true])) as {
      readonly transactions: readonly { readonly input: string }[];
    };
    for (const { input } of block.transactions) {
      sent += 1;
      for (const word of personal) expect(input).not.to.contain(hexlify(toUtf8Bytes(word)).slice(2));
    }
  }
  expect(sent).to.be.greaterThan(100);
}

async function call(url: string, method: string, params: readonly unknown[] = []): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  return ((await response.json()) as { readonly result: unknown }).result;
}

/** Lets the time pass for which the demo says that it waits: in real time it would be minutes. */
function passTime({ process: { stdout } }: DemoProcess, url: string): void {
  if (stdout === null) return;
  createInterface({ input: stdout }).on("line", (line) => {
    const seconds = /Waiting (\d+) s for /.exec(line)?.[1];
    if (seconds === undefined) return;
    void call(url, "evm_increaseTime", [Number(seconds)]).then(() => call(url, "evm_mine"));
  });
}

/** Runs an anvil of the test's own. */
async function withAnvil(options: readonly string[], use: (url: string) => Promise<void>): Promise<void> {
  const anvil = spawn(foundry("anvil"), ["--port", "0", "--hardfork", "osaka", ...options]);
  const ended = once(anvil, "exit");
  try {
    const listening = Promise.withResolvers<string>();
    createInterface({ input: anvil.stdout }).on("line", (line) => {
      const address = /^Listening on (\S+)$/.exec(line)?.[1];
      if (address !== undefined) listening.resolve(`http://${address}`);
    });
    await use(await listening.promise);
  } finally {
    anvil.kill("SIGKILL");
    await ended;
  }
}

describe("demo", function () {
  this.timeout(240_000);

  describe("on a chain that it starts", () => {
    it("plays every story, ends with books that add up, and with --keep keeps the chain until its own end", async () => {
      const demo = new DemoProcess(["--keep", "--port", "0"]);
      const [, url = ""] = await demo.line(/^RPC URL +(\S+)$/);
      const [, directory] = await demo.line(/^directory +(0x[0-9a-fA-F]{40})$/);
      await demo.line(/^token +0x[0-9a-fA-F]{40} /);
      await demo.line(/^account 0 +0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 +0xac0974/);
      await demo.line(/until you press Ctrl-C/);
      expectWhole(demo);
      expect(new Set(demo.parties).size).to.equal(26);
      await expectGone(demo.parties);
      expect(directory).to.match(/^0x/);
      expect(await call(url, "eth_chainId")).to.equal("0x7a69");
      expect(await call(url, "eth_accounts")).to.include("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
      await expectNothingPersonal(url);
      demo.process.kill("SIGTERM");
      expect(await demo.exitCode()).to.equal(0);
      expect(await call(url, "eth_chainId").catch(() => "gone")).to.equal("gone");
      const [, deliveries = ""] = await demo.line(/The deliveries are in (\S+);/);
      expect(existsSync(dirname(dirname(deliveries)))).to.equal(false);
    });
  });

  it("fails where the port is taken", async () => {
    const holder = createServer();
    holder.listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as AddressInfo;
    const demo = new DemoProcess(["--port", String(port)]);
    expect(await demo.exitCode()).to.equal(1);
    expect(demo.errors.join("\n")).to.match(
      new RegExp(`^\\s*PortTaken: No chain can listen on port ${port}: .*EADDRINUSE`),
    );
    holder.close();
  });

  describe("on a chain that runs already", () => {
    it("plays every story on the chain of a URL, waits for every moment, and leaves the chain alone", async () => {
      await withAnvil(["--chain-id", "4242"], async (url) => {
        const demo = new DemoProcess(["--rpc", url, "--real-time", "60"], {
          // The second of the accounts that everybody knows.
          GUILDHALL_DEMO_KEY: HDNodeWallet.fromPhrase(
            "test test test test test test test test test test test junk",
            "",
            "m/44'/60'/0'/0/1",
          ).privateKey,
        });
        passTime(demo, url);
        expect(await demo.exitCode(), demo.errors.join("\n")).to.equal(0);
        expectWhole(demo);
        await demo.line(/Waiting \d+ s for the rebate moment/);
        await demo.line(/Waiting \d+ s for the end of cycle 2/);
        expect(await call(url, "eth_chainId")).to.equal("0x1092");
      });
    });

    it("fails where no account pays, and names the configuration variable", async () => {
      await withAnvil(["--accounts", "0"], async (url) => {
        const demo = new DemoProcess(["--rpc", url]);
        expect(await demo.exitCode()).to.equal(1);
        expect(demo.errors.join("\n")).to.match(/^\s*HHE\d+: .*"GUILDHALL_DEMO_KEY"/);
        await expectGone(demo.parties);
      });
    });

    it("fails where nothing answers", async () => {
      const demo = new DemoProcess(["--rpc", "http://127.0.0.1:9"]);
      expect(await demo.exitCode()).to.equal(1);
      expect(demo.errors.join("\n")).to.match(/^\s*ChainUnreachable: http:\/\/127\.0\.0\.1:9 does not answer/);
    });
  });

  describe("when a party fails", () => {
    it("fails when a party dies, and ends all others", async () => {
      const demo = new DemoProcess([]);
      const pid = await demo.pidOf("buyer-1");
      await demo.line(/drafts the sale/);
      process.kill(pid, "SIGKILL");
      expect(await demo.exitCode()).to.equal(1);
      expect(demo.errors.join("\n")).to.match(/PartyDied: buyer-1 was ended by SIGKILL before its part was played\./);
      expect(demo.parties).to.have.length(16);
      await expectGone(demo.parties);
    });

    it("fails when a party hangs, and ends all others", async () => {
      const demo = new DemoProcess(["--patience", "8"]);
      const pid = await demo.pidOf("customer-1");
      await demo.line(/drafts the sale/);
      process.kill(pid, "SIGSTOP");
      expect(await demo.exitCode()).to.equal(1);
      expect(demo.errors.join("\n")).to.match(/PartyFailed: \S+ failed: waited 8 s in vain|PartyHung: /);
      await expectGone(demo.parties);
    });

    it("leaves no process behind when it is killed itself", async () => {
      const demo = new DemoProcess(["--chain", "anvil"]);
      const [, url = ""] = await demo.line(/ at (http:\S+)$/);
      await demo.line(/drafts the sale/);
      demo.process.kill("SIGKILL");
      expect(await demo.exitCode()).to.equal(null);
      await expectGone(demo.parties);
      const end = Date.now() + 5_000;
      let answer: unknown = "none yet";
      while (answer !== "gone" && Date.now() < end) answer = await call(url, "eth_chainId").catch(() => "gone");
      expect(answer).to.equal("gone");
    });
  });

  describe("readOptions", () => {
    const refusalOf = (...args: readonly string[]): string => {
      try {
        readOptions(args);
      } catch (error) {
        if (error instanceof ScriptError) return error.message;
        throw error;
      }
      return "accepted";
    };

    it("starts Hardhat's node on any free port by default", () => {
      expect(readOptions([]).chain).to.deep.equal({ start: "hardhat", port: 0 });
    });

    it("starts it on 8545 where it is kept", () => {
      expect(readOptions(["--keep"]).chain).to.deep.equal({ start: "hardhat", port: 8545 });
    });

    it("refuses what it does not know or cannot do, and says what to pass", () => {
      expect(refusalOf("--chain", "geth")).to.equal("--chain geth is not known. Pass one of hardhat, anvil.");
      expect(refusalOf("--rpc", "localhost:8545")).to.contain("is no http or https URL");
      expect(refusalOf("--rpc", "http://127.0.0.1:8545", "--chain", "anvil")).to.contain("Leave out --chain");
      expect(refusalOf("--port", "70000")).to.contain("no whole number from 0 to 65535");
      expect(refusalOf("--patience", "")).to.contain("no whole number");
    });
  });

  describe("checkBooks", () => {
    const books = {
      when: "At the end",
      held: coins("5"),
      owed: coins("5"),
      balances: [{ party: "buyer", expected: coins("7"), actual: coins("7") }],
    };

    it("finds nothing in books that add up", () => {
      expect(checkBooks(books)).to.deep.equal([]);
    });

    it("names what is held and not owed", () => {
      expect(checkBooks({ ...books, held: coins("5") + 1n })).to.deep.equal([
        "At the end, ReferralDeals holds 5.000000000000000001 and owes 5.00.",
      ]);
    });

    it("names what is owed and not held", () => {
      expect(checkBooks({ ...books, owed: coins("6") })).to.deep.equal([
        "At the end, ReferralDeals holds 5.00 and owes 6.00.",
      ]);
    });

    it("names each party whose balance is wrong", () => {
      const balances = [
        { party: "buyer", expected: coins("7"), actual: coins("8") },
        { party: "customer", expected: 1n, actual: 1n },
        { party: "merchant", expected: coins("2"), actual: 0n },
      ];
      expect(checkBooks({ ...books, balances })).to.deep.equal([
        "At the end, buyer has 8.00 where 7.00 is expected.",
        "At the end, merchant has 0.00 where 2.00 is expected.",
      ]);
    });
  });

  describe("Script", () => {
    const story: Story = {
      id: "tale",
      title: "A tale",
      steps: [
        { actor: "buyer", step: "pays", onChain: true },
        { actor: "buyer", step: "pays twice", refusal: "AlreadyPaid" },
      ],
      given: {},
      changesAtMoment: {},
      changesAtEnd: {},
    };
    const pays = { type: "step", story: "tale", step: "pays", hashes: ["0x01"] } as const;
    const again = { type: "step", story: "tale", step: "pays twice", refusal: "AlreadyPaid" } as const;

    it("has nothing to say where all is shown, and gives it in the script's order", () => {
      const script = new Script([story]);
      expect(script.show("buyer", again, undefined)).to.equal(undefined);
      expect(script.missing()).to.deep.equal(["tale: buyer pays"]);
      expect(script.show("buyer", pays, 30_000n)).to.equal(undefined);
      expect(script.missing()).to.deep.equal([]);
      expect(script.shown().map(({ step, gas }) => [step, gas])).to.deep.equal([
        ["pays", 30_000n],
        ["pays twice", undefined],
      ]);
    });

    it("refuses a step that is not in the script, by another actor, or shown before", () => {
      const script = new Script([story]);
      expect(script.show("buyer", { ...pays, step: "steals" }, 1n)).to.contain("not in the script");
      expect(script.show("buyer", { ...pays, story: "other" }, 1n)).to.contain("not in the script");
      expect(script.show("merchant", pays, 1n)).to.contain("not in the script");
      expect(script.show("buyer", pays, 1n)).to.equal(undefined);
      expect(script.show("buyer", pays, 1n)).to.contain("not in the script");
    });

    it("refuses a step that ends otherwise than it should", () => {
      const script = new Script([story]);
      expect(script.show("buyer", { ...again, refusal: "Broke" }, undefined)).to.equal(
        '"pays twice" by buyer was to be refused as AlreadyPaid, and was refused as Broke.',
      );
      const { refusal: _refusal, ...done } = again;
      expect(script.show("buyer", done, undefined)).to.contain("was to be refused as AlreadyPaid, and was done");
      expect(script.show("buyer", { ...pays, refusal: "Broke" }, 1n)).to.contain(
        "was to be done, and was refused as Broke",
      );
      expect(script.show("buyer", { ...pays, detail: "in coins" }, 1n)).to.contain(
        'was to say "", and said "in coins"',
      );
      const { hashes: _hashes, ...offChain } = pays;
      expect(script.show("buyer", offChain, undefined)).to.contain("was no transaction");
    });
  });
});

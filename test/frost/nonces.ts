import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { hexlify } from "ethers";

import { bundleProgram } from "../../scripts/support/bundleProgram.js";
import type { Envelope } from "../../sdk/src/frost/channel/Envelope.js";
import type { FrostNonce } from "../../sdk/src/frost/index.js";
import {
  commitFrostNonce,
  coordinateFrostSigning,
  createFrostIdentity,
  createFrostSignatureShare,
  createMemoryNonceStore,
  type FrostCommitment,
  FrostError,
  type FrostShare,
  joinFrostSigning,
  type NonceStore,
  serializeFrostShare,
  verifyFrostSignature,
} from "../../sdk/src/frost/index.js";
import { openFileNonceStore, openFolderTransport } from "../../sdk/src/node/index.js";
import { generateShares, makeParties, type Party, patient, random32 } from "../helpers/frostParties.js";
import type { SignerOrders } from "../helpers/frostSigner.js";

const program = await bundleProgram(new URL("../helpers/frostSigner.ts", import.meta.url));
const killer = await bundleProgram(new URL("../helpers/killAtStep.ts", import.meta.url));

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "fine",
    (error: unknown) => (error instanceof FrostError ? (error as FrostError).code : String(error)),
  );
}

async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "guildhall-frost-"));
}

describe("FROST nonces", () => {
  let parties: readonly Party[];
  let shares: readonly FrostShare[];
  const folders: string[] = [];
  before(async () => {
    parties = makeParties(2);
    shares = await generateShares(parties, 2);
  });
  after(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  const folderOfTest = async (): Promise<string> => {
    const folder = await newFolder();
    folders.push(folder);
    return folder;
  };

  const stores: Readonly<Record<string, () => Promise<NonceStore>>> = {
    "the memory store": () => Promise.resolve(createMemoryNonceStore()),
    "the file store": async () => openFileNonceStore(await folderOfTest()),
  };
  for (const [name, open] of Object.entries(stores)) {
    describe(`given ${name}`, () => {
      it("spends each reserved nonce once, also when asked at the same time", async () => {
        const store = await open();
        const nonceId = random32();
        expect(await store.spend(nonceId)).to.equal(false);
        expect(await store.reserve(nonceId)).to.equal(true);
        const answers = await Promise.all(Array.from({ length: 8 }, () => store.spend(nonceId)));
        expect(answers.filter((answer) => answer)).to.have.length(1);
        expect(await store.spend(nonceId)).to.equal(false);
      });

      it("reserves no nonce twice, spent or not", async () => {
        const store = await open();
        const [first, second] = [random32(), random32()];
        expect([await store.reserve(first), await store.reserve(first)]).to.deep.equal([true, false]);
        await store.reserve(second);
        await store.spend(second);
        expect(await store.reserve(second)).to.equal(false);
      });
    });
  }

  describe("given the file store", () => {
    it("discards at opening what was reserved and not spent", async () => {
      const folder = await folderOfTest();
      const before = await openFileNonceStore(folder);
      const [halfUsed, spent] = [random32(), random32()];
      await before.reserve(halfUsed);
      await before.reserve(spent);
      await before.spend(spent);
      const after = await openFileNonceStore(folder);
      for (const store of [before, after]) {
        expect(await store.spend(halfUsed)).to.equal(false);
        expect(await store.reserve(halfUsed)).to.equal(false);
        expect(await store.spend(spent)).to.equal(false);
      }
    });

    it("never writes a nonce down", async () => {
      const folder = await folderOfTest();
      const store = await openFileNonceStore(folder);
      const nonce = await commitFrostNonce({ share: shares[0]!, store });
      expect(await readdir(join(folder, "reserved"))).to.deep.equal([nonce.id]);
      expect(await readFile(join(folder, "reserved", nonce.id), "utf8")).to.equal("");
    });

    it("refuses an id that could leave its folder", async () => {
      const store = await openFileNonceStore(await folderOfTest());
      expect(await codeOf(store.reserve("../../escape"))).to.equal("FROST_FORMAT");
      expect(await codeOf(store.spend("../../escape"))).to.equal("FROST_FORMAT");
    });

    it("lets an error of the disk through, and then nothing is signed", async () => {
      const broken: NonceStore = {
        ...createMemoryNonceStore(),
        reserve: () => Promise.resolve(true),
        spend: () => Promise.reject(new RangeError("no space left")),
      };
      const nonce = await commitFrostNonce({ share: shares[0]!, store: broken });
      const other = await commitFrostNonce({ share: shares[1]!, store: createMemoryNonceStore() });
      const options = {
        share: shares[0]!,
        nonce,
        commitments: [nonce.commitment, other.commitment],
        digest: random32(),
      };
      expect(await codeOf(createFrostSignatureShare({ ...options, store: broken }))).to.include("no space left");
      const store = createMemoryNonceStore();
      expect(await codeOf(createFrostSignatureShare({ ...options, store }))).to.equal("FROST_NONCE_SPENT");
    });
  });

  describe("when a share is signed with", () => {
    async function prepare(): Promise<{
      readonly store: NonceStore;
      readonly nonce: FrostNonce;
      readonly commitments: readonly FrostCommitment[];
    }> {
      const store = createMemoryNonceStore();
      const nonce = await commitFrostNonce({ share: shares[0]!, store });
      const other = await commitFrostNonce({ share: shares[1]!, store });
      return { store, nonce, commitments: [nonce.commitment, other.commitment] };
    }

    it("records the nonce as spent before anything leaves", async () => {
      const { store, nonce, commitments } = await prepare();
      await createFrostSignatureShare({ share: shares[0]!, nonce, commitments, digest: random32(), store });
      expect(await store.spend(nonce.id)).to.equal(false);
    });

    it("refuses a nonce the second time, also at the same time and for the same digest", async () => {
      const { store, nonce, commitments } = await prepare();
      const options = { share: shares[0]!, nonce, commitments, digest: random32(), store };
      const outcomes = await Promise.all([
        codeOf(createFrostSignatureShare(options)),
        codeOf(createFrostSignatureShare(options)),
      ]);
      expect(outcomes.toSorted()).to.deep.equal(["FROST_NONCE_SPENT", "fine"]);
    });

    it("refuses a nonce that a copy of the machine has spent", async () => {
      const { store, nonce, commitments } = await prepare();
      const copy = await prepare();
      // As after a restore from a snapshot: the memory is back, the record is not.
      await store.spend(nonce.id);
      const options = { share: shares[0]!, nonce, commitments, digest: random32(), store };
      expect(await codeOf(createFrostSignatureShare(options))).to.equal("FROST_NONCE_SPENT");
      expect(await codeOf(createFrostSignatureShare({ ...options, nonce: copy.nonce }))).to.equal("FROST_NONCE_SPENT");
    });

    it("refuses a list of commitments that has another one for it, and spends the nonce", async () => {
      const { store, nonce, commitments } = await prepare();
      const other = await prepare();
      const options = { share: shares[0]!, nonce, digest: random32(), store };
      const swapped = [other.nonce.commitment, commitments[1]!];
      expect(await codeOf(createFrostSignatureShare({ ...options, commitments: swapped }))).to.equal(
        "FROST_NONCE_SPENT",
      );
      expect(await codeOf(createFrostSignatureShare({ ...options, commitments }))).to.equal("FROST_NONCE_SPENT");
    });

    it("names whose commitment holds a point off the curve, and spends the nonce", async () => {
      const { store, nonce, commitments } = await prepare();
      const broken = [commitments[0]!, { ...commitments[1]!, binding: `0x02${"ff".repeat(32)}` }];
      const options = { share: shares[0]!, nonce, digest: random32(), store };
      expect(await codeOf(createFrostSignatureShare({ ...options, commitments: broken }))).to.equal("FROST_FORMAT");
      expect(await codeOf(createFrostSignatureShare({ ...options, commitments }))).to.equal("FROST_NONCE_SPENT");
    });

    it("stops where the random source repeats itself", async () => {
      const { store, nonce } = await prepare();
      expect(await store.reserve(nonce.id)).to.equal(false);
      const seen: NonceStore = { ...store, reserve: () => Promise.resolve(false) };
      expect(await codeOf(commitFrostNonce({ share: shares[0]!, store: seen }))).to.equal("FROST_NONCE_REPEATED");
    });
  });

  describe("when the process of a member is killed before any step", () => {
    /** Starts the member; resolves to the signal that ended it. */
    async function runSigner(ordersPath: string, killAt: number): Promise<NodeJS.Signals | null> {
      const child: ChildProcess = spawn(process.execPath, ["--import", killer, program, "--frost-signer", ordersPath], {
        env: { ...process.env, NODE_OPTIONS: "", GUILDHALL_KILL_AT: `${killAt}` },
        stdio: ["ignore", "ignore", "inherit"],
      });
      return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (_, signal) => {
          resolve(signal);
        });
      });
    }

    /** One session: the second member and the coordinator here, the first member in processes that may be killed. */
    async function signThroughCrash(killAt: number): Promise<boolean> {
      const folder = await folderOfTest();
      const [messages, nonces, result] = ["messages", "nonces", "result"].map((name) => join(folder, name));
      const coordinator = createFrostIdentity("coordinator");
      const [first, second] = [parties[0]!, parties[1]!];
      const members = [first.member, second.member];
      const names = ["coordinator", ...members.map(({ id }) => id)];
      const digest = random32();
      const orders: SignerOrders = {
        session: random32(),
        messages: messages!,
        nonces: nonces!,
        result: result!,
        secretKey: hexlify(first.identity.secretKey),
        share: serializeFrostShare(shares[0]!),
        members,
        coordinator: coordinator.member,
        digest,
      };
      const ordersPath = join(folder, "orders.json");
      await writeFile(ordersPath, JSON.stringify(orders));
      const { session } = orders;
      const common = { session, members, coordinator: coordinator.member, digest, patience: patient };
      const transportOf = (self: string) => openFolderTransport({ folder: messages!, self, parties: names });
      const coordinating = coordinateFrostSigning({
        ...common,
        self: coordinator.identity,
        group: shares[0]!.group,
        transport: await transportOf("coordinator"),
      });
      const joining = joinFrostSigning({
        ...common,
        self: second.identity,
        share: shares[1]!,
        store: createMemoryNonceStore(),
        transport: await transportOf(second.member.id),
      });
      const crashed = (await runSigner(ordersPath, killAt)) === "SIGKILL";
      if (crashed) expect(await runSigner(ordersPath, 0)).to.equal(null);
      const { signature } = await coordinating;
      expect(verifyFrostSignature({ groupKey: shares[0]!.group.groupKey, digest, signature })).to.equal(true);
      expect(await joining).to.equal(signature);
      expect(await readFile(result!, "utf8")).to.equal(signature);
      expect(await readdir(join(nonces!, "reserved"))).to.deep.equal([]);
      await requireNoReuse(messages!, first.member.id);
      return crashed;
    }

    /** From all that was ever sent: no two signature shares of the member answer to one commitment. */
    async function requireNoReuse(messages: string, member: string): Promise<void> {
      const toCoordinator = (await readMailbox(messages, "coordinator")).filter(({ from }) => from === member);
      const lists = (await readMailbox(messages, member)).filter(({ round }) => round.startsWith("commitments "));
      const sharesByNonce = new Map<string, Set<string>>();
      for (const { round, body } of toCoordinator.filter((message) => message.round.startsWith("signature share "))) {
        const { signatureShare } = JSON.parse(body) as { readonly signatureShare?: string };
        const list = lists.find((message) => message.round === round.replace("signature share", "commitments"))!;
        const { commitments } = JSON.parse(list.body) as { readonly commitments: readonly FrostCommitment[] };
        const { hiding } = commitments.find((commitment) => commitment.member === member)!;
        if (signatureShare === undefined) continue;
        sharesByNonce.set(hiding, (sharesByNonce.get(hiding) ?? new Set()).add(signatureShare));
      }
      expect(sharesByNonce.size).to.be.greaterThan(0);
      for (const made of sharesByNonce.values()) expect(made.size).to.equal(1);
    }

    async function readMailbox(messages: string, party: string): Promise<readonly Envelope[]> {
      const names = await readdir(join(messages, party));
      const texts = await Promise.all(
        names.filter((name) => name.endsWith(".json")).map((name) => readFile(join(messages, party, name), "utf8")),
      );
      return texts.map((text) => JSON.parse(text) as Envelope);
    }

    it("uses no nonce twice, and the round is done again", async () => {
      let steps = 0;
      while (await signThroughCrash(steps + 1)) steps += 1;
      // Opening the store, reserving, sending the commitment, spending, sending the share, writing the result.
      expect(steps).to.be.greaterThan(14);
    }).timeout(180_000);
  });
});

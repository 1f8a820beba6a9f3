import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { hexlify, Wallet } from "ethers";

import { checkEntries } from "../../scripts/demo/certificates/books/checkEntries.js";
import type { ExpectedCertificate } from "../../scripts/demo/certificates/books/expectedCertificates.js";
import { formatEntries } from "../../scripts/demo/certificates/books/formatEntries.js";
import { readCertificateBooks } from "../../scripts/demo/certificates/books/readCertificateBooks.js";
import { CENTRES } from "../../scripts/demo/certificates/certificatePlan.js";
import { approveAdmission } from "../../scripts/demo/certificates/founding/admitReceivingCentre.js";
import { centreCardTypedData } from "../../scripts/demo/certificates/founding/CentreCard.js";
import { requireCentres } from "../../scripts/demo/certificates/founding/foundCentres.js";
import {
  AUTHORITY,
  CARD,
  learnAuthority,
  learnCentres,
} from "../../scripts/demo/certificates/founding/learnAuthority.js";
import { identityRules, rejections } from "../../scripts/demo/certificates/identityRules.js";
import { Queue } from "../../scripts/demo/certificates/tls/Queue.js";
import { requireClocks } from "../../scripts/demo/certificates/tls/requireClocks.js";
import type { FromParty } from "../../scripts/demo/parties/messages.js";
import { SerialWallet } from "../../scripts/demo/parties/SerialWallet.js";
import { Stage } from "../../scripts/demo/parties/Stage.js";
import type { ScriptError } from "../../scripts/support/ScriptError.js";
import { centreAdmissionTypedData, encodeApproval, hashTyped, recoverAccount, signTyped } from "../../sdk/src/index.js";
import {
  type CertificatesHall,
  draft,
  ethers,
  issued,
  loadCertificates,
  NO_HASH,
} from "../certificates/sdk-fixture.js";

const RUN = ethers.id("run");
const CENTRE = { as: "CENTRE" } as const;

async function refusalOf(promise: Promise<unknown>): Promise<ScriptError> {
  return promise.then(
    () => expect.fail("nothing was refused"),
    (error: unknown) => error as ScriptError,
  );
}

describe("demo of certificates", () => {
  describe("identityRules", () => {
    const good = { model: "T-400", owner: "M-20417", firmware: 4 };

    it("approve what each centre knows to be right", () => {
      for (const name of CENTRES) expect(identityRules[name]?.(good)).to.deep.equal({ verdict: "approve" });
    });

    for (const [name, wrong, reason] of [
      ["centre-1", { model: "T-401" }, rejections.model],
      ["centre-1", { model: ["T-400"] }, rejections.model],
      ["centre-2", { owner: "M-99999" }, rejections.owner],
      ["centre-3", { firmware: 3 }, rejections.firmware],
      ["centre-3", { firmware: "4" }, rejections.firmware],
    ] as const) {
      it(`reject ${JSON.stringify(wrong)} at ${name} with its reason, and nowhere else`, () => {
        const found = CENTRES.map((centre) => identityRules[centre]?.({ ...good, ...wrong }));
        const expected = CENTRES.map((centre) =>
          centre === name ? { verdict: "reject", reason } : { verdict: "approve" },
        );
        expect(found).to.deep.equal(expected);
      });
    }
  });

  describe("what parties believe", () => {
    let folder: string;
    let hall: CertificatesHall;
    let keys: readonly Wallet[];
    let said: FromParty[];

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "guildhall-centres-"));
      hall = await loadCertificates();
      keys = CENTRES.map((name) => new Wallet(ethers.id(name)));
      said = [];
    });
    afterEach(() => {
      rmSync(folder, { recursive: true });
    });

    /** A party's stage; the receiving centre's account is one that the chain gave money to. */
    function stageOf(name: string): Stage {
      const accounts = CENTRES.map((centre, place) => [centre, keys[place]!.address] as const);
      const people = { ...Object.fromEntries(accounts), device: Wallet.createRandom().address };
      const key = keys[(CENTRES as readonly string[]).indexOf(name)] ?? Wallet.createRandom();
      return new Stage({
        name,
        signer: new SerialWallet(key.privateKey, ethers.provider),
        hall: hall.halls.stranger,
        setup: {
          ...{ rpcUrl: "", directory: hall.directory, fromBlock: 0, token: "", run: RUN, mailbox: folder },
          people: Object.fromEntries(
            Object.entries(people).map(([who, address]) => [who, { address, channelKey: "" }]),
          ),
          ...{ moment: 0, patience: 2_000 },
        },
        say: (message) => said.push(message),
        parts: 1,
      });
    }

    async function postCard(from: string, key: Wallet, run = RUN): Promise<void> {
      const card = { run, url: `http://${from}`, publicKey: ethers.id(from) };
      const { signature } = await signTyped(key, centreCardTypedData(31_337n, card));
      await stageOf(from).post("device", CARD, JSON.stringify({ card, signature }));
    }

    it("centres by cards that they signed, in the order of the members", async () => {
      for (const place of [2, 0, 1]) await postCard(CENTRES[place]!, keys[place]!);
      const found = await learnCentres(stageOf("device"));
      expect(found.map(({ account, url }) => [account, url])).to.deep.equal(
        CENTRES.map((name, place) => [keys[place]!.address, `http://${name}`]),
      );
    });

    it("no card that somebody else signed, and none of another run", async () => {
      for (const forge of [
        () => postCard(CENTRES[2], keys[1]!),
        () => postCard(CENTRES[2], keys[2]!, ethers.id("another run")),
      ]) {
        await postCard(CENTRES[0], keys[0]!);
        await postCard(CENTRES[1], keys[1]!);
        await forge();
        expect(await refusalOf(learnCentres(stageOf("device")))).to.deep.include({
          code: "NoCard",
          args: { name: CENTRES[2] },
        });
        rmSync(join(folder, CARD), { recursive: true });
      }
    });

    /** The three centres' committee, and the first one admitted as its receiving centre. */
    async function found(attributable = true): Promise<{ committeeId: string; centre: number; root: string }> {
      const { certificates, committees } = hall.halls.stranger;
      const config = { members: keys.map(({ address }) => address), threshold: 2 };
      const created = await committees.create({ salt: ethers.id("three"), attributable, config });
      const { committeeId } = await created.wait();
      const { root } = hall.checked;
      const issuer = { issuerKeyHash: root.key.keyHash, issuerIsP256: true };
      const admission = { committeeId, epoch: 1, account: keys[0]!.address, ...issuer, salt: RUN };
      const data = centreAdmissionTypedData(certificates.place, admission);
      const collector = await committees.collect({ committeeId, digest: hashTyped(data) });
      for (const key of keys.slice(1)) await collector.add({ signature: (await signTyped(key, data)).signature });
      const admitted = await certificates.admitCentre({ ...admission, approval: collector.build() });
      return { committeeId, centre: (await admitted.wait()).centre, root: hexlify(root.der) };
    }

    it("a receiving centre and its certificate once committee and ledger confirm them", async () => {
      const letter = await found();
      for (const [place, name] of CENTRES.entries()) await postCard(name, keys[place]!);
      await stageOf(CENTRES[0]).post("device", AUTHORITY, JSON.stringify(letter));
      const { committeeId, centre, root } = await learnAuthority(stageOf("device"));
      expect({ committeeId, centre, root: hexlify(root.der) }).to.deep.equal(letter);
    });

    it("no receiving centre with another key than the ledger's, and no other committee", async () => {
      const letter = await found();
      const other = hexlify(hall.unchecked.root.der);
      for (const [wrong, code] of [
        [{ ...letter, root: other }, "OtherReceivingCentre"],
        [{ ...letter, centre: hall.checked.number }, "OtherReceivingCentre"],
        [{ ...letter, committeeId: hall.committeeId }, "OtherCentres"],
      ] as const) {
        await stageOf(CENTRES[0]).post("device", AUTHORITY, JSON.stringify(wrong));
        expect((await refusalOf(learnAuthority(stageOf("device")))).code).to.equal(code);
        rmSync(join(folder, AUTHORITY), { recursive: true });
      }
    });

    it("no committee whose signatures have no names", async () => {
      const { committeeId } = await found(false);
      expect((await refusalOf(requireCentres(stageOf("device"), committeeId))).code).to.equal("OtherCentres");
    });

    describe("approveAdmission", () => {
      const ADMISSION = "admission";
      const approve = async (change: object = {}): Promise<string> => {
        const { root } = hall.checked;
        const admission = {
          ...{ committeeId: hall.committeeId, epoch: 1, account: keys[0]!.address },
          ...{ issuerKeyHash: root.key.keyHash, issuerIsP256: true, salt: RUN, ...change },
        };
        const letter = { admission, root: hexlify(root.der) };
        await stageOf(CENTRES[0]).post(CENTRES[1], ADMISSION, JSON.stringify(letter));
        await approveAdmission(stageOf(CENTRES[1]), hall.committeeId);
        const signature = await stageOf(CENTRES[0]).receive("admission-word", "the word");
        const { place } = hall.halls.stranger.certificates;
        return recoverAccount(hashTyped(centreAdmissionTypedData(place, admission)), signature) ?? "nobody";
      };

      it("signs what was agreed", async () => {
        expect(await approve()).to.equal(keys[1]!.address);
        expect(said.filter(({ type }) => type === "step")).to.have.length(1);
      });

      for (const [what, change] of [
        ["another account", { account: "0x1111111111111111111111111111111111111111" }],
        ["another key than the certificate's", { issuerKeyHash: ethers.id("key") }],
        ["another committee", { committeeId: ethers.id("committee") }],
        ["another epoch", { epoch: 2 }],
        ["a key that the ledger does not check", { issuerIsP256: false }],
      ] as const) {
        it(`signs nothing for ${what}`, async () => {
          expect((await refusalOf(approve(change))).code).to.equal("OtherAdmission");
          expect(said.filter(({ type }) => type === "step")).to.deep.equal([]);
        });
      }
    });
  });

  describe("readCertificateBooks", () => {
    const expected: readonly ExpectedCertificate[] = [
      { holder: "device", verdict: "FROZEN", operations: ["ISSUE", "FREEZE"] },
      { holder: "device", verdict: "VALID", operations: ["ISSUE"] },
    ];
    const applications = { APPROVED: 0, REJECTED: 0, OPEN: 1 };

    async function play(): Promise<CertificatesHall> {
      const hall = await loadCertificates();
      const { certificateId } = await issued(hall);
      await (await hall.halls.centre.certificates.freeze({ certificateId, by: CENTRE })).wait();
      await issued(hall);
      const { application, result } = await draft(hall, hall.checked);
      const rejected = { ...result, approved: false, reason: 1, tbsHash: NO_HASH };
      const { certificates } = hall.halls.stranger;
      const digest = certificates.resultDigest(rejected);
      const signature = hall.members[0]!.signingKey.sign(digest).compactSerialized;
      const approval = encodeApproval({ scheme: "members", entries: [{ index: 0, kind: "key", signature }] });
      await (await certificates.countResults({ application, result: rejected, approval })).wait();
      return hall;
    }

    const read = (hall: CertificatesHall, what: readonly ExpectedCertificate[] = expected) =>
      readCertificateBooks(hall.halls.stranger, {
        committeeId: hall.committeeId,
        accounts: new Map([["device", hall.signers.holder.address]]),
        expected: what,
        applications,
      });

    it("finds what the ledger and each certificate's history say", async () => {
      const entries = await read(await play());
      expect(entries.map(({ what, actual }) => `${what}: ${actual}`)).to.deep.equal([
        "device, certificate 1, by the ledger: FROZEN, 2 records",
        "device, certificate 1, by its history: FROZEN by ISSUE, FREEZE",
        "device, certificate 2, by the ledger: VALID, 1 record",
        "device, certificate 2, by its history: VALID by ISSUE",
        "certificates issued: 2",
        "applications counted: 0 APPROVED, 0 REJECTED, 1 OPEN",
      ]);
      expect(checkEntries(entries)).to.deep.equal([]);
      expect(formatEntries("books", entries)).not.to.contain("differs");
    });

    it("names what differs: a move that was not to be, a certificate too many, and one that is missing", async () => {
      const hall = await play();
      const { certificateId } = await issued(hall);
      await (await hall.halls.centre.certificates.revoke({ certificateId, by: CENTRE })).wait();
      const one: ExpectedCertificate = { holder: "device", verdict: "VALID", operations: ["ISSUE"] };
      const nobodys: ExpectedCertificate = { holder: "gateway", verdict: "VALID", operations: ["ISSUE"] };
      const entries = await read(hall, [...expected, one, nobodys]);
      expect(checkEntries(entries)).to.deep.equal([
        "device, certificate 3, by the ledger: REVOKED, 2 records where VALID, 1 record is expected.",
        "device, certificate 3, by its history: REVOKED by ISSUE, REVOKE where VALID by ISSUE is expected.",
        "gateway, certificate 1, by the ledger: none where VALID, 1 record is expected.",
        "gateway, certificate 1, by its history: none where VALID by ISSUE is expected.",
        "certificates issued: 3 where 4 is expected.",
      ]);
      expect(formatEntries("books", entries).match(/differs/g)).to.have.length(5);
    });

    it("counts no other committee's", async () => {
      const hall = await play();
      const entries = await read({ ...hall, committeeId: ethers.id("another") }, []);
      expect(entries.map(({ actual }) => actual)).to.deep.equal(["0", "0 APPROVED, 0 REJECTED, 0 OPEN"]);
    });
  });

  describe("requireClocks", () => {
    it("takes both ends of the certificates' time, and refuses a second before and after", async () => {
      const { root } = (await loadCertificates()).checked;
      const { notBefore, notAfter } = root;
      for (const now of [notBefore, notAfter]) requireClocks(root, now);
      for (const now of [notBefore - 1, notAfter + 1]) {
        const refusal = await refusalOf(
          Promise.resolve().then(() => {
            requireClocks(root, now);
          }),
        );
        expect(refusal).to.deep.include({ code: "ClocksApart", args: { now, notBefore, notAfter } });
      }
    });
  });

  describe("Queue", () => {
    it("gives what came in its order, to whoever asks before or after", async () => {
      const queue = new Queue<string>();
      const early = [queue.take(), queue.take()];
      for (const item of ["a", "b", "c"]) queue.put(item);
      expect([...(await Promise.all(early)), await queue.take()]).to.deep.equal(["a", "b", "c"]);
    });
  });
});

import { expect } from "chai";
import fc from "fast-check";
import { getAddress } from "ethers";

import { checksumOf } from "../../sdk/src/core/documents/checksumOf.js";
import type { Json, JsonObject } from "../../sdk/src/core/documents/Json.js";
import {
  createDealFile,
  type DealFile,
  decodeDealFile,
  DocumentError,
  encodeDealFile,
  endorsementTypes,
  GuildhallError,
  MerchantSession,
  mergeDealFiles,
  offerCodec,
  parseDocument,
  serializeDocument,
} from "../../sdk/src/index.js";
import {
  expectDealError,
  type Hall,
  itemHash,
  loadHall,
  openSessions,
  optionsFor,
  playTo,
  type Sessions,
} from "../helpers/dealSessions.js";

type Path = readonly (string | number)[];

/** All values in JSON that are not objects or lists, by their path. */
function leavesOf(value: Json, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, entry]) => leavesOf(entry, [...path, key]));
}

function valueAt(value: Json, path: Path): Json {
  return path.reduce<Json>((inner, key) => (inner as Readonly<Record<string, Json>>)[key] ?? null, value);
}

/** A copy with one value replaced, and the checksum made right again. */
function forge(json: string, path: Path, change: (value: Json) => Json): string {
  const copy = JSON.parse(json) as JsonObject;
  const parent = valueAt(copy, path.slice(0, -1)) as Record<string, Json>;
  const key = path.at(-1) ?? "";
  parent[key] = change(parent[key] ?? null);
  return JSON.stringify({ ...copy, checksum: checksumOf(copy) });
}

/** Another value of the same type. */
function mutate(value: Json, random: number): Json {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1 + (random % 1_000);
  if (typeof value !== "string") return value;
  if (/^(?:0|[1-9][0-9]*)$/.test(value)) return (BigInt(value) + 1n + BigInt(random)).toString();
  if (!value.startsWith("0x")) return value;
  const at = 2 + (random % (value.length - 2));
  const digit = (Number.parseInt(value[at] ?? "0", 16) + 1 + (random % 15)) % 16;
  const flipped = `${value.slice(0, at)}${digit.toString(16)}${value.slice(at + 1)}`;
  return value.length === 42 ? getAddress(flipped.toLowerCase()) : flipped;
}

describe("deals SDK", () => {
  describe("deal files", () => {
    let hall: Hall;
    let sessions: Sessions;
    let json: string;
    let file: DealFile;

    // Once: no test of these sends anything to the chain, and what is refused changes nothing.
    before(async () => {
      hall = await loadHall();
      sessions = await openSessions(hall);
      await playTo(hall, sessions, "buyerSigned");
      await sessions.merchant.receive(sessions.customer.export());
      json = sessions.merchant.export();
      file = decodeDealFile(json);
    });

    const stranger = async () => MerchantSession.open(optionsFor(hall, hall.signers.merchant));

    describe("reading", () => {
      it("gives back what was written", () => {
        expect(encodeDealFile(file)).to.equal(json);
        expect(file.signatures.map(({ endorsement }) => endorsement)).to.deep.equal(
          Object.keys(endorsementTypes).filter(
            (type) => !["OfferOpening", "CustomerOfferRevocation", "MerchantDealEndorsement"].includes(type),
          ),
        );
      });

      it("takes a single document as a file that holds nothing else", async () => {
        const offer = serializeDocument(offerCodec, {
          type: "Offer",
          chainId: file.chainId,
          contract: file.contract,
          body: { offer: file.body.offer!, buyer: file.body.buyer! },
          signatures: file.signatures.filter(({ endorsement }) => endorsement.endsWith("OfferEndorsement")),
        });
        expect(parseDocument(offer, [offerCodec]).body.offer).to.deep.equal(file.body.offer);
        const session = await stranger();
        await session.receive(offer);
        expect(Object.keys(session.file.body)).to.have.members(["offer", "buyer"]);
        expect(session.file.signatures).to.have.length(3);
      });

      const faults: readonly [string, (text: string) => string, string, string][] = [
        ["text that is no JSON", (text) => text.slice(0, -2), "DOCUMENT_NOT_JSON", "$"],
        [
          "a damaged file",
          (text) => text.replace('"free": false', '"free": true'),
          "DOCUMENT_CHECKSUM_MISMATCH",
          "$.checksum",
        ],
        [
          "an unknown field",
          (text) => forge(text, ["body", "gift"], () => "1"),
          "DOCUMENT_UNKNOWN_FIELD",
          "$.body.gift",
        ],
        [
          "a time that is no number",
          (text) => forge(text, ["body", "offer", "rebateMoment"], () => "1"),
          "DOCUMENT_WRONG_TYPE",
          "$.body.offer.rebateMoment",
        ],
        [
          "a time out of range",
          (text) => forge(text, ["body", "offer", "rebateMoment"], () => 2 ** 40),
          "DOCUMENT_OUT_OF_RANGE",
          "$.body.offer.rebateMoment",
        ],
        [
          "a negative count",
          (text) => forge(text, ["body", "offer", "maxUses"], () => -1),
          "DOCUMENT_OUT_OF_RANGE",
          "$.body.offer.maxUses",
        ],
        [
          "a fraction",
          (text) => forge(text, ["body", "offer", "maxUses"], () => 1.5),
          "DOCUMENT_WRONG_TYPE",
          "$.body.offer.maxUses",
        ],
        [
          "an amount beyond 128 bits",
          (text) => forge(text, ["body", "sale", "amount"], () => (2n ** 128n).toString()),
          "DOCUMENT_OUT_OF_RANGE",
          "$.body.sale.amount",
        ],
        [
          "an amount that is a number",
          (text) => forge(text, ["body", "sale", "amount"], () => 5),
          "DOCUMENT_WRONG_TYPE",
          "$.body.sale.amount",
        ],
        [
          "an unknown policy",
          (text) => forge(text, ["body", "offer", "policy"], () => "HALF"),
          "DOCUMENT_OUT_OF_RANGE",
          "$.body.offer.policy",
        ],
        [
          "an unknown endorsement",
          (text) => forge(text, ["signatures", 0, "endorsement"], () => "Nod"),
          "DOCUMENT_OUT_OF_RANGE",
          "$.signatures[0].endorsement",
        ],
        [
          "an empty signature",
          (text) => forge(text, ["signatures", 0, "signature"], () => "0x"),
          "DOCUMENT_OUT_OF_RANGE",
          "$.signatures[0].signature",
        ],
      ];
      for (const [title, change, code, path] of faults) {
        it(`refuses ${title}, and says where`, () => {
          const error = ((): unknown => {
            try {
              return decodeDealFile(change(json));
            } catch (thrown) {
              return thrown;
            }
          })();
          expect(error).to.be.instanceOf(DocumentError);
          expect(error).to.include({ code });
          expect((error as DocumentError).args.path).to.equal(path);
        });
      }

      it("refuses two signatures for one endorsement", async () => {
        const forged = forge(json, ["signatures", 1, "endorsement"], () => file.signatures[0]!.endorsement);
        await expectDealError((await stranger()).receive(forged), "DEAL_FILE_CONFLICT", { path: "$.signatures[1]" });
      });

      it("refuses a signature whose document is missing", async () => {
        const { deal: _, ...body } = file.body;
        const forged = encodeDealFile({ ...file, body });
        await expectDealError((await stranger()).receive(forged), "DEAL_DOCUMENT_MISSING", { part: "deal" });
      });

      it("refuses a sale that does not say how it was paid", async () => {
        const { sale } = file.body;
        const forged = encodeDealFile(createDealFile(file, { sale: sale! }));
        await expectDealError((await stranger()).receive(forged), "DEAL_DOCUMENT_MISSING", { part: "paidElsewhere" });
      });
    });

    describe("receiving", () => {
      it("refuses a file for another chain", async () => {
        const forged = forge(json, ["chainId"], () => "1");
        await expectDealError((await stranger()).receive(forged), "DEAL_WRONG_CHAIN", { expected: 31337n, actual: 1n });
      });

      it("refuses a file for another contract", async () => {
        const forged = forge(json, ["contract"], () => hall.tokenAddress);
        await expectDealError((await stranger()).receive(forged), "DEAL_WRONG_CONTRACT", { actual: hall.tokenAddress });
      });

      it("refuses a tampered amount in the deal", async () => {
        const forged = forge(json, ["body", "deal", "amount"], (value) => (BigInt(value as string) - 1n).toString());
        await expectDealError((await stranger()).receive(forged), "DEAL_TERM_MISMATCH", {
          document: "deal",
          term: "amount",
          expected: 90_003n,
          actual: 90_002n,
        });
      });

      const terms: readonly [string, string, string][] = [
        ["offer", "saleId", "offer"],
        ["sale", "merchant", "offer"],
        ["rebatePromise", "offerId", "rebatePromise"],
        ["rebatePromise", "rebate", "rebatePromise"],
        ["deal", "rebateMoment", "deal"],
        ["deal", "token", "deal"],
        ["deal", "buyer", "deal"],
      ];
      for (const [part, term, document] of terms) {
        it(`refuses documents that disagree: ${part}.${term}`, async () => {
          const forged = forge(json, ["body", part, term], (value) => mutate(value, 7));
          const error = await expectDealError((await stranger()).receive(forged), "DEAL_TERM_MISMATCH");
          expect(error.args["document"]).to.equal(document);
        });
      }

      it("refuses another discount, agreed in all documents but signed by nobody", async () => {
        const offer = { ...file.body.offer!, discount: 2_000n };
        const { sale: _, rebatePromise: __, deal: ___, ...body } = file.body;
        const signatures = file.signatures.filter(({ endorsement }) => endorsement.endsWith("OfferEndorsement"));
        const forged = encodeDealFile(createDealFile(file, { ...body, offer }, signatures));
        await expectDealError((await stranger()).receive(forged), "DEAL_SIGNATURE_INVALID", {
          endorsement: "MerchantOfferEndorsement",
          account: sessions.merchant.account,
        });
        // A session that holds the true offer does not even look at the signatures.
        await expectDealError(sessions.merchant.receive(forged), "DEAL_FILE_CONFLICT", {
          path: "$.body.offer.discount",
          held: 1_000n,
          received: 2_000n,
        });
      });

      it("refuses a signature out of its order", async () => {
        const signatures = file.signatures.filter(({ endorsement }) => endorsement !== "MerchantOfferEndorsement");
        await expectDealError(
          (await stranger()).receive(encodeDealFile({ ...file, signatures })),
          "DEAL_SIGNATURE_MISSING",
          {
            missing: "MerchantOfferEndorsement",
            for: "CustomerOfferEndorsement",
          },
        );
        const early = file.signatures.filter(({ endorsement }) => endorsement !== "CustomerDealEndorsement");
        await expectDealError(
          (await stranger()).receive(encodeDealFile({ ...file, signatures: early })),
          "DEAL_SIGNATURE_MISSING",
          { missing: "CustomerDealEndorsement", for: "BuyerDealEndorsement" },
        );
      });

      it("refuses signatures in each other's place", async () => {
        const swapped = file.signatures.map(({ endorsement, signature }) => {
          const other = {
            CustomerDealEndorsement: "BuyerDealEndorsement",
            BuyerDealEndorsement: "CustomerDealEndorsement",
          };
          const from = other[endorsement as keyof typeof other];
          const found = file.signatures.find((entry) => entry.endorsement === from);
          return { endorsement, signature: found?.signature ?? signature };
        });
        await expectDealError(
          (await stranger()).receive(encodeDealFile({ ...file, signatures: swapped })),
          "DEAL_SIGNATURE_INVALID",
          { endorsement: "CustomerDealEndorsement" },
        );
      });

      it("refuses what names another account in one's role, and changes nothing", async () => {
        const other = await openSessions(hall, {
          signers: { merchant: hall.signers.stranger, customer: hall.signers.stranger, buyer: hall.signers.stranger },
        });
        await expectDealError(other.merchant.receive(json), "DEAL_NOT_YOUR_ROLE", { role: "merchant" });
        await expectDealError(other.customer.receive(json), "DEAL_NOT_YOUR_ROLE", { role: "customer" });
        await expectDealError(other.buyer.receive(json), "DEAL_WRONG_BUYER", { expected: sessions.buyer.account });
        expect(other.buyer.file).to.deep.equal(createDealFile(hall.reader));
      });

      it("refuses parties that are not three", async () => {
        const offer = { ...file.body.offer!, customer: sessions.merchant.account };
        const forged = encodeDealFile(createDealFile(file, { offer }));
        await expectDealError((await stranger()).receive(forged), "DEAL_PARTIES_NOT_DISTINCT", {
          merchant: sessions.merchant.account,
          customer: sessions.merchant.account,
        });
      });

      it("never accepts a mutated file, whatever is mutated", async function () {
        this.timeout(60_000);
        const leaves = leavesOf(JSON.parse(json) as Json).filter(
          ([top, part]) =>
            ["chainId", "contract", "signatures"].includes(String(top)) ||
            (top === "body" && !String(part).endsWith("Payment")),
        );
        expect(leaves.length).to.be.greaterThan(50);
        const touched = new Set<string>();
        await fc.assert(
          fc.asyncProperty(fc.constantFrom(...leaves), fc.nat(2 ** 31), async (path, random) => {
            const forged = forge(json, path, (value) => mutate(value, random));
            if (forged === forge(json, path, (value) => value)) return; // names have no neighbour
            touched.add(path.join("."));
            const session = await stranger();
            const error = await session.receive(forged).then(
              () => undefined,
              (thrown: unknown) => thrown,
            );
            expect(error, `accepted with another ${path.join(".")}`).to.be.instanceOf(GuildhallError);
            expect(session.file).to.deep.equal(createDealFile(hall.reader));
          }),
          { numRuns: 250, seed: 60 },
        );
        expect(touched.size).to.be.greaterThan(40);
      });
    });

    describe("merging", () => {
      /** Files with a part of what the whole one has. */
      const part = fc
        .tuple(
          fc.subarray([...Array(10).keys()]),
          fc.subarray(["sale", "offer", "rebatePromise", "buyer", "deal", "dealPayment"] as const),
        )
        .map(([kept, parts]) => ({ kept, parts }));

      const cut = (
        whole: DealFile,
        { kept, parts }: { kept: readonly number[]; parts: readonly string[] },
      ): DealFile => ({
        ...whole,
        body: Object.fromEntries(
          Object.entries(whole.body).filter(([key]) => parts.includes(key === "paidElsewhere" ? "sale" : key)),
        ),
        signatures: whole.signatures.filter((_, index) => kept.includes(index)),
      });

      it("is idempotent, commutative and associative", () => {
        fc.assert(
          fc.property(part, part, part, (x, y, z) => {
            const [a, b, c] = [cut(file, x), cut(file, y), cut(file, z)];
            expect(mergeDealFiles(a, a)).to.deep.equal(a);
            expect(mergeDealFiles(a, b)).to.deep.equal(mergeDealFiles(b, a));
            expect(mergeDealFiles(mergeDealFiles(a, b), c)).to.deep.equal(mergeDealFiles(a, mergeDealFiles(b, c)));
            expect(mergeDealFiles(a, file)).to.deep.equal(file);
          }),
          { numRuns: 100 },
        );
      });

      it("keeps one of two signatures of one endorsement, always the same", () => {
        const [first, ...rest] = file.signatures;
        const bytes = first!.signature.slice(2);
        const v = Number.parseInt(bytes.slice(128), 16);
        const vs = (BigInt(`0x${bytes.slice(64, 128)}`) | (BigInt(v - 27) << 255n)).toString(16).padStart(64, "0");
        const compact = { ...first!, signature: `0x${bytes.slice(0, 64)}${vs}` };
        const other = { ...file, signatures: [compact, ...rest] };
        expect(mergeDealFiles(file, other)).to.deep.equal(other);
        expect(mergeDealFiles(other, file)).to.deep.equal(other);
      });

      it("keeps the payment that serves longer", () => {
        const signature = `0x${"11".repeat(65)}`;
        const pay = (deadline: bigint): DealFile => ({
          ...file,
          body: { ...file.body, dealPayment: { method: "PERMIT", deadline, signature } },
        });
        expect(mergeDealFiles(pay(5n), pay(6n))).to.deep.equal(pay(6n));
        expect(mergeDealFiles(pay(6n), pay(5n))).to.deep.equal(pay(6n));
        expect(mergeDealFiles(file, pay(5n))).to.deep.equal(pay(5n));
      });

      it("refuses files that contradict each other, and says where", async () => {
        const { rebatePromise: _, deal: __, ...body } = file.body;
        const other = createDealFile(file, { ...body, sale: { ...file.body.sale!, itemHash: `0x${"ab".repeat(32)}` } });
        const merge = async () => Promise.resolve(mergeDealFiles(file, { ...other, body: { sale: other.body.sale! } }));
        await expectDealError(merge(), "DEAL_FILE_CONFLICT", { path: "$.body.sale.itemHash", held: itemHash });
      });
    });
  });
});

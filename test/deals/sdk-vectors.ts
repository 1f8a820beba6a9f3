import { readFileSync } from "node:fs";

import { expect } from "chai";
import { keccak256, toUtf8Bytes, TypedDataEncoder, Wallet } from "ethers";
import { network } from "hardhat";

import type { Json } from "../../sdk/src/core/documents/Json.js";
import { mutableTypes } from "../../sdk/src/core/signatures/hashTyped.js";
import { dealToAbi, offerToAbi, promiseToAbi, saleToAbi } from "../../sdk/src/deals/actions/toAbi.js";
import { dealIdOf } from "../../sdk/src/deals/documents/dealIdOf.js";
import { documentTypes, type EndorsementType, endorsementTypes } from "../../sdk/src/deals/documents/dealTypes.js";
import { dealsDomain } from "../../sdk/src/deals/documents/dealsDomain.js";
import { endorsementDigest } from "../../sdk/src/deals/documents/endorsementDigest.js";
import { endorserOf, endorserRoles } from "../../sdk/src/deals/documents/endorserOf.js";
import { offerIdOf } from "../../sdk/src/deals/documents/offerIdOf.js";
import { price } from "../../sdk/src/deals/documents/price.js";
import { promiseIdOf } from "../../sdk/src/deals/documents/promiseIdOf.js";
import { referralIdOf } from "../../sdk/src/deals/documents/referralIdOf.js";
import type { Role } from "../../sdk/src/deals/documents/Role.js";
import { saleIdOf } from "../../sdk/src/deals/documents/saleIdOf.js";
import { dealFileCodec } from "../../sdk/src/deals/file/codecs.js";
import { endorsementIn, requirePart } from "../../sdk/src/deals/file/endorsementIn.js";

type Vectors = {
  readonly keys: Readonly<Record<Role, string>>;
  readonly types: Readonly<Record<string, { readonly type: string; readonly hash: string }>>;
  readonly cases: readonly {
    readonly name: string;
    readonly chainId: string;
    readonly contract: string;
    readonly domainSeparator: string;
    readonly body: Json;
    readonly price: string;
    readonly ids: Readonly<Record<"sale" | "offer" | "rebatePromise" | "deal" | "referral", string>>;
    readonly endorsements: Readonly<Record<EndorsementType, { readonly digest: string; readonly signature: string }>>;
  }[];
};

const vectors = JSON.parse(readFileSync(new URL("../../vectors/deals.json", import.meta.url), "utf8")) as Vectors;
const { ethers } = await network.create();

describe("deals SDK", () => {
  // Invariant D10.
  describe("golden vectors", () => {
    it("has three cases, and in each every endorsement", () => {
      expect(vectors.cases).to.have.length(3);
      for (const { endorsements } of vectors.cases) {
        expect(Object.keys(endorsements)).to.deep.equal(Object.keys(endorsementTypes));
      }
    });

    it("reproduces every type string", () => {
      const types = { ...documentTypes, ...endorsementTypes };
      expect(Object.keys(vectors.types)).to.deep.equal(Object.keys(types));
      for (const [name, table] of Object.entries(types)) {
        const text = TypedDataEncoder.from(mutableTypes(table)).encodeType(name);
        expect(text).to.equal(vectors.types[name]?.type);
        expect(keccak256(toUtf8Bytes(text))).to.equal(vectors.types[name]?.hash);
      }
    });

    it("keeps to the type strings of DealHash.sol, letter for letter", () => {
      const source = readFileSync(new URL("../../contracts/deals/DealHash.sol", import.meta.url), "utf8");
      const strings = [...source.matchAll(/keccak256\(\s*((?:"[^"]*"\s*)+)\)/g)].map(([, text]) =>
        (text ?? "").replaceAll(/"\s*"|"|\s+$/g, "").trim(),
      );
      const offChain = "CustomerOfferRevocation";
      const expected = Object.entries(vectors.types).filter(([name]) => name !== offChain);
      expect(strings).to.have.members(expected.map(([, { type }]) => type));
    });

    for (const vector of vectors.cases) {
      const place = { chainId: BigInt(vector.chainId), contract: vector.contract };
      const body = dealFileCodec.body.parse(vector.body, "$.body");
      const sale = requirePart(body, "sale");
      const offer = requirePart(body, "offer");
      const rebatePromise = requirePart(body, "rebatePromise");
      const deal = requirePart(body, "deal");
      const buyer = requirePart(body, "buyer");
      const paidElsewhere = requirePart(body, "paidElsewhere");

      it(`is reproduced by the SDK: ${vector.name}`, () => {
        expect(TypedDataEncoder.hashDomain(dealsDomain(place))).to.equal(vector.domainSeparator);
        expect(price(offer).toString()).to.equal(vector.price);
        expect({
          sale: saleIdOf(sale),
          offer: offerIdOf(offer),
          rebatePromise: promiseIdOf(rebatePromise),
          deal: dealIdOf(deal),
          referral: referralIdOf(deal),
        }).to.deep.equal(vector.ids);
        expect(dealFileCodec.body.format(body)).to.deep.equal(vector.body);
        for (const [type, { digest, signature }] of Object.entries(vector.endorsements)) {
          const endorsement = endorsementIn(body, type as EndorsementType);
          expect(endorsementDigest(place, endorsement), type).to.equal(digest);
          const wallet = new Wallet(vectors.keys[endorserRoles[type as EndorsementType]]);
          expect(endorserOf(endorsement), type).to.equal(wallet.address);
          expect(wallet.signingKey.sign(digest).serialized, type).to.equal(signature);
        }
      });

      it(`is reproduced by the contracts: ${vector.name}`, async () => {
        const harness = await ethers.deployContract("DealHashHarness");
        const separator = await harness.separatorOf(place.chainId, place.contract);
        expect(separator).to.equal(vector.domainSeparator);
        expect(await harness.saleId(saleToAbi(sale))).to.equal(vector.ids.sale);
        expect(await harness.offerId(offerToAbi(offer))).to.equal(vector.ids.offer);
        expect(await harness.promiseId(promiseToAbi(rebatePromise))).to.equal(vector.ids.rebatePromise);
        expect(await harness.dealId(dealToAbi(deal))).to.equal(vector.ids.deal);
        expect(await harness.referralId(dealToAbi(deal))).to.equal(vector.ids.referral);
        expect((await harness.price(offerToAbi(offer))).toString()).to.equal(vector.price);

        const digests = (types: readonly EndorsementType[]) => types.map((type) => vector.endorsements[type].digest);
        expect([...(await harness.saleDigests(separator, saleToAbi(sale), paidElsewhere))]).to.deep.equal(
          digests(["MerchantSaleEndorsement", "CustomerSaleEndorsement"]),
        );
        expect([...(await harness.offerDigests(separator, offerToAbi(offer), buyer))]).to.deep.equal(
          digests(["OfferOpening", "MerchantOfferEndorsement", "CustomerOfferEndorsement", "BuyerOfferEndorsement"]),
        );
        expect([...(await harness.promiseDigests(separator, promiseToAbi(rebatePromise), buyer))]).to.deep.equal(
          digests(["MerchantPromiseEndorsement", "BuyerPromiseEndorsement", "CustomerPromiseEndorsement"]),
        );
        expect([...(await harness.dealDigests(separator, dealToAbi(deal)))]).to.deep.equal(
          digests(["CustomerDealEndorsement", "BuyerDealEndorsement", "MerchantDealEndorsement"]),
        );
      });
    }
  });
});

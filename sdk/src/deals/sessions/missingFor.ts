import type { EndorsementType } from "../documents/dealTypes.js";
import { endorserOf } from "../documents/endorserOf.js";
import type { Address } from "../../core/documents/Hex.js";
import type { RebateRule } from "../documents/Offer.js";
import type { DealFile, DealFileBody } from "../file/DealFile.js";
import { endorsementIn } from "../file/endorsementIn.js";
import { signatureIn } from "../file/signatureIn.js";
import type { Payment } from "../payments/Payment.js";
import type { Funds } from "../reader/DealsReader.js";
import { needsBond } from "../state/needsBond.js";
import type { DealState, Funding, SaleState } from "../state/states.js";
import type { DealFacts } from "./readDealFacts.js";

/** The calls of the contract that a deal file can lead to. */
export type DealCall =
  | "recordSale"
  | "paySale"
  | "refundSale"
  | "releaseSale"
  | "openOffer"
  | "cancelOffer"
  | "reclaimBond"
  | "settle"
  | "settleWithEvidence"
  | "lodge"
  | "countersign"
  | "refundLodged"
  | "lodgePromise"
  | "lodgePromotion"
  | "payRebate"
  | "payBondedRebate"
  | "recordReferredSale";

/** What is missing before a call can succeed. */
export type Missing =
  | { readonly kind: "document"; readonly part: keyof DealFileBody }
  | { readonly kind: "signature"; readonly endorsement: EndorsementType; readonly account: Address }
  /** It is too early: the call can succeed from this moment on. */
  | { readonly kind: "time"; readonly from: number; readonly now: bigint }
  /** It is too late: the call had to come before this moment. */
  | { readonly kind: "late"; readonly before: number; readonly now: bigint }
  | { readonly kind: "sale"; readonly expected: readonly SaleState[]; readonly actual: SaleState }
  | { readonly kind: "deal"; readonly expected: readonly DealState[]; readonly actual: DealState }
  | { readonly kind: "funding"; readonly expected: Funding; readonly actual: Funding }
  /** The call is for offers of another rebate rule. */
  | { readonly kind: "rule"; readonly expected: RebateRule; readonly actual: RebateRule }
  /** The offer needs a bond that covers one more use. */
  | { readonly kind: "bond"; readonly bonded: number }
  /** The call was made already. */
  | { readonly kind: "done" }
  /** The merchant cancelled the offer, by id or by its counter. */
  | { readonly kind: "cancelled" }
  | { readonly kind: "uses"; readonly maxUses: number }
  | { readonly kind: "balance"; readonly account: Address; readonly short: bigint }
  | { readonly kind: "allowance"; readonly account: Address; readonly short: bigint };

const ofSale = ["MerchantSaleEndorsement", "CustomerSaleEndorsement"] as const;
const ofOffer = ["MerchantOfferEndorsement", "CustomerOfferEndorsement", "BuyerOfferEndorsement"] as const;
const ofPromise = ["MerchantPromiseEndorsement", "BuyerPromiseEndorsement", "CustomerPromiseEndorsement"] as const;
const ofDeal = ["CustomerDealEndorsement", "BuyerDealEndorsement"] as const;

/** What each call needs of the file. The merchant's own consent is its sending the call. */
const needs: Readonly<Record<DealCall, readonly [readonly (keyof DealFileBody)[], readonly EndorsementType[]]>> = {
  recordSale: [["sale"], ofSale],
  paySale: [["sale"], ofSale],
  refundSale: [["sale"], []],
  releaseSale: [["sale"], []],
  openOffer: [["offer"], []],
  cancelOffer: [["offer"], []],
  reclaimBond: [["offer"], []],
  settle: [["deal"], ofDeal],
  settleWithEvidence: [
    ["offer", "buyer", "deal"],
    [...ofOffer, ...ofDeal],
  ],
  lodge: [
    ["offer", "buyer", "deal"],
    [...ofOffer, ...ofDeal],
  ],
  countersign: [["deal"], []],
  refundLodged: [["deal"], []],
  lodgePromise: [["rebatePromise", "buyer"], ofPromise],
  lodgePromotion: [["offer", "buyer", "rebatePromise"], ofPromise],
  payRebate: [["deal"], []],
  payBondedRebate: [["offer", "buyer"], []],
  recordReferredSale: [["deal"], []],
};

function before(moment: number, { now }: DealFacts): readonly Missing[] {
  return now < BigInt(moment) ? [] : [{ kind: "late", before: moment, now }];
}

function from(moment: number, { now }: DealFacts): readonly Missing[] {
  return now >= BigInt(moment) ? [] : [{ kind: "time", from: moment, now }];
}

function saleIn(facts: DealFacts, ...expected: readonly SaleState[]): readonly Missing[] {
  const { sale } = facts;
  return sale === undefined || expected.includes(sale) ? [] : [{ kind: "sale", expected, actual: sale }];
}

function dealIn({ referral }: DealFacts, ...expected: readonly DealState[]): readonly Missing[] {
  const fits = referral === undefined || expected.includes(referral.state);
  return fits ? [] : [{ kind: "deal", expected, actual: referral.state }];
}

function open({ referral }: DealFacts, expected: Funding): readonly Missing[] {
  if (referral === undefined) return [];
  if (referral.funding !== expected) return [{ kind: "funding", expected, actual: referral.funding }];
  return referral.closed ? [{ kind: "done" }] : [];
}

function running({ offer, buyer }: DealFileBody, { offer: status, counter, referral }: DealFacts): readonly Missing[] {
  if (offer === undefined || status === undefined) return [];
  // A use that is reserved in the bond already survives the offer's end.
  if (buyer !== undefined && referral?.funding === "BOND") return [];
  if (status.cancelled || (counter !== undefined && counter !== offer.counter)) return [{ kind: "cancelled" }];
  if (status.uses >= offer.maxUses) return [{ kind: "uses", maxUses: offer.maxUses }];
  return [];
}

function covered({ offer }: DealFileBody, { offer: status, referral }: DealFacts): readonly Missing[] {
  if (offer === undefined || status === undefined || !needsBond(offer)) return [];
  if (referral?.funding === "BOND" || status.bonded > 0) return [];
  return [{ kind: "bond", bonded: status.bonded }];
}

function funds(
  account: Address,
  amount: bigint,
  payment: Payment | undefined,
  have: Funds | undefined,
): readonly Missing[] {
  if (have === undefined || amount === 0n) return [];
  const missing: Missing[] = [];
  if (have.balance < amount) missing.push({ kind: "balance", account, short: amount - have.balance });
  if ((payment?.method ?? "ALLOWANCE") === "ALLOWANCE" && have.allowance < amount) {
    missing.push({ kind: "allowance", account, short: amount - have.allowance });
  }
  return missing;
}

function stateFor(call: DealCall, body: DealFileBody, facts: DealFacts): readonly Missing[] {
  const { sale, offer, rebatePromise, deal, salePayment, bondPayment, dealPayment } = body;
  const moment = deal?.rebateMoment ?? rebatePromise?.rebateMoment ?? offer?.rebateMoment ?? 0;
  const pricePaid = () => (deal === undefined ? [] : funds(deal.buyer, deal.amount, dealPayment, facts.buyerFunds));
  switch (call) {
    case "recordSale":
      return saleIn(facts, "NONE");
    case "paySale":
      return [
        ...saleIn(facts, "NONE"),
        ...(sale === undefined ? [] : funds(sale.customer, sale.amount, salePayment, facts.customerFunds)),
      ];
    case "refundSale":
      return [...saleIn(facts, "ESCROWED"), ...before(sale?.refundableUntil ?? 0, facts)];
    case "releaseSale":
      return [...saleIn(facts, "ESCROWED"), ...from(sale?.refundableUntil ?? 0, facts)];
    case "openOffer": {
      if (facts.offer?.opened === true) return [{ kind: "done" }];
      const uses = (offer?.maxUses ?? 0) - (facts.offer?.uses ?? 0);
      return [
        ...before(moment, facts),
        ...running(body, facts),
        ...(offer === undefined
          ? []
          : funds(offer.merchant, offer.rebate * BigInt(uses), bondPayment, facts.merchantFunds)),
      ];
    }
    case "cancelOffer":
      return facts.offer?.cancelled === true ? [{ kind: "done" }] : [];
    case "reclaimBond": {
      const over = facts.offer?.cancelled === true || (facts.counter ?? offer?.counter) !== offer?.counter;
      const empty = facts.offer !== undefined && facts.offer.bonded === 0;
      return [...(over ? [] : from(moment, facts)), ...(empty ? [{ kind: "bond", bonded: 0 } as const] : [])];
    }
    case "settle": {
      const rebateAbovePrice = deal !== undefined && deal.rebate > deal.amount && facts.referral?.funding !== "BOND";
      return [
        ...before(moment, facts),
        ...dealIn(facts, "NONE"),
        // The direct way holds the rebate back from the price: a bond serves it only where a promotion reserved it.
        ...(rebateAbovePrice ? [{ kind: "bond", bonded: 0 } as const] : []),
        ...pricePaid(),
      ];
    }
    case "settleWithEvidence":
    case "lodge":
      return [
        ...before(moment, facts),
        ...dealIn(facts, "NONE"),
        ...saleIn(facts, "RECORDED", "ESCROWED"),
        ...running(body, facts),
        ...covered(body, facts),
        ...pricePaid(),
      ];
    case "countersign":
      return [...before(moment, facts), ...dealIn(facts, "LODGED")];
    case "refundLodged":
      return [...from(moment, facts), ...dealIn(facts, "LODGED")];
    case "lodgePromise":
      return [...before(moment, facts), ...(facts.referral?.promised === true ? [{ kind: "done" } as const] : [])];
    case "lodgePromotion": {
      const done = facts.referral?.promised === true && facts.referral.funding !== "NONE";
      const rule = offer?.rebateRule ?? "PROMOTION_ONLY";
      return [
        ...(rule === "PROMOTION_ONLY" ? [] : [{ kind: "rule", expected: "PROMOTION_ONLY", actual: rule } as const]),
        ...before(moment, facts),
        ...(done ? [{ kind: "done" } as const] : []),
        ...(facts.referral?.funding === "HELD" ? [] : [...running(body, facts), ...covered(body, facts)]),
      ];
    }
    case "payRebate":
      return [...from(moment, facts), ...dealIn(facts, "SETTLED"), ...open(facts, "HELD")];
    case "payBondedRebate":
      return [...from(moment, facts), ...open(facts, "BOND")];
    case "recordReferredSale":
      return dealIn(facts, "SETTLED");
  }
}

/**
 * What is missing before a call can succeed: documents, signatures, time, the chain's state, a bond, money. Empty where
 * nothing is. Pure: what the facts leave out is not judged.
 *
 * @example
 * import { createDealFile, missingFor } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract: "0x00000000000000000000000000000000000000aa" });
 * assert.deepEqual(missingFor("payRebate", file, { now: 0n }), [{ kind: "document", part: "deal" }]);
 */
export function missingFor(call: DealCall, file: DealFile, facts: DealFacts): readonly Missing[] {
  const [parts, endorsements] = needs[call];
  const documents = parts.flatMap((part): Missing[] =>
    file.body[part] === undefined ? [{ kind: "document", part }] : [],
  );
  if (documents.length > 0) return documents;
  const signatures = endorsements.flatMap((endorsement): Missing[] => {
    if (signatureIn(file, endorsement) !== undefined) return [];
    return [{ kind: "signature", endorsement, account: endorserOf(endorsementIn(file.body, endorsement)) }];
  });
  return [...signatures, ...stateFor(call, file.body, facts)];
}

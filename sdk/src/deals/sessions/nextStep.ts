import type { EndorsementType } from "../documents/dealTypes.js";
import { endorserRoles } from "../documents/endorserOf.js";
import type { Role } from "../documents/Role.js";
import type { DealFile } from "../file/DealFile.js";
import { signatureIn } from "../file/signatureIn.js";
import { needsBond } from "../state/needsBond.js";
import { type DealCall, type Missing, missingFor } from "./missingFor.js";
import type { DealFacts } from "./readDealFacts.js";

export type { DealFacts } from "./readDealFacts.js";

/** What a party does in its session. */
export type SessionAction =
  "draftSale" | "endorseSale" | "draftOffer" | "endorseOffer" | "endorsePromise" | "draftDeal" | "signDeal";

/** Whose turn it is, and what there is to do. */
export type NextStep = {
  /** Who acts next, from this party's point of view: itself where it can do anything. */
  readonly turn: Role | "anyone" | "nobody";
  /** Whether the party that asked can act now. */
  readonly yours: boolean;
  /** The function to call, where somebody can act: of the session, or of the {@link DealsClient}. */
  readonly action?: SessionAction | DealCall;
  readonly via?: "session" | "client";
  /** One sentence for a person. */
  readonly what: string;
  /** What stands in the way of the action. */
  readonly missing: readonly Missing[];
  /** Unix seconds before which the action must be done. */
  readonly until?: number;
  /** Unix seconds from which the action can be done. */
  readonly from?: number;
  /** What this party may do if the one whose turn it is stays silent. */
  readonly fallback?: { readonly action: DealCall; readonly before: number };
};

type Step = {
  readonly who: Role | "anyone";
  readonly action: SessionAction | DealCall;
  readonly via: "session" | "client";
  readonly what: string;
  readonly missing: readonly Missing[];
  readonly until?: number;
  readonly from?: number;
};

/** All steps that are still open, in the order of the story. */
function openSteps(file: DealFile, facts: DealFacts): readonly Step[] {
  const { body } = file;
  const steps: Step[] = [];
  const has = (endorsement: EndorsementType) => signatureIn(file, endorsement) !== undefined;
  const until = body.offer === undefined ? {} : { until: body.offer.rebateMoment };
  const missingSignatures = (...endorsements: readonly EndorsementType[]): readonly Missing[] =>
    endorsements
      .filter((endorsement) => !has(endorsement))
      .map((endorsement) => ({ kind: "signature", endorsement, account: accountFor(file, endorsement) }));
  const session = (
    who: Role,
    action: SessionAction,
    what: string,
    missing: readonly Missing[] = [],
    limits: Pick<Step, "until"> = until,
  ) => steps.push({ who, action, via: "session", what, missing, ...limits });
  const call = (who: Role | "anyone", action: DealCall, what: string, limits: Pick<Step, "until" | "from"> = until) =>
    steps.push({ who, action, via: "client", what, missing: missingFor(action, file, facts), ...limits });

  const { sale, offer, rebatePromise, deal } = body;
  const onChain = facts.sale !== undefined && facts.sale !== "NONE";
  if (sale !== undefined && !onChain) {
    if (!has("MerchantSaleEndorsement")) session("merchant", "draftSale", "The merchant endorses the sale.", [], {});
    if (!has("CustomerSaleEndorsement")) session("customer", "endorseSale", "The customer endorses the sale.", [], {});
    if (body.paidElsewhere === true) call("anyone", "recordSale", "Anyone records the sale on the chain.", {});
    else call("anyone", "paySale", "Anyone submits the sale and the customer's payment.", {});
  }
  const signedByMerchant = has("MerchantOfferEndorsement") && has("MerchantPromiseEndorsement");
  if (offer === undefined || rebatePromise === undefined || !signedByMerchant) {
    const unsold: readonly Missing[] =
      sale !== undefined && !onChain ? [{ kind: "sale", expected: ["RECORDED", "ESCROWED"], actual: "NONE" }] : [];
    session("merchant", "draftOffer", "The merchant drafts and signs the offer and the rebate promise.", unsold);
    return steps;
  }

  const moment = offer.rebateMoment;
  const late = facts.now >= BigInt(moment);
  const referral = facts.referral;
  const state = referral?.state ?? "NONE";
  if (!late) {
    const bond = needsBond(offer) && facts.offer?.opened !== true;
    if (bond) call("merchant", "openOffer", "The merchant opens the offer with its bond.");
    if (!has("CustomerOfferEndorsement")) {
      session("customer", "endorseOffer", "The customer names the buyer and endorses the offer.", bondOf(file, facts));
    }
    if (!has("BuyerOfferEndorsement")) {
      session("buyer", "endorseOffer", "The buyer accepts the offer.", missingSignatures("CustomerOfferEndorsement"));
    }
    if (!has("BuyerPromiseEndorsement")) {
      session(
        "buyer",
        "endorsePromise",
        "The buyer endorses the rebate promise.",
        missingSignatures("BuyerOfferEndorsement"),
      );
    }
    if (deal === undefined && state === "NONE") {
      session("buyer", "draftDeal", "The buyer drafts the new deal.", missingSignatures("BuyerOfferEndorsement"));
    }
    if (!has("CustomerDealEndorsement") && state === "NONE") {
      const missing = missingSignatures("BuyerOfferEndorsement", "BuyerPromiseEndorsement");
      const draft: readonly Missing[] = deal === undefined ? [{ kind: "document", part: "deal" }] : [];
      session("customer", "signDeal", "The customer signs the new deal.", [...draft, ...missing]);
    }
    if (!has("CustomerPromiseEndorsement")) {
      session(
        "customer",
        "endorsePromise",
        "The customer endorses the rebate promise, as the last of the three.",
        missingSignatures("BuyerPromiseEndorsement"),
      );
    }
    if (!has("BuyerDealEndorsement") && state === "NONE") {
      const draft: readonly Missing[] = deal === undefined ? [{ kind: "document", part: "deal" }] : [];
      const missing = deal === undefined ? [] : missingSignatures("CustomerDealEndorsement");
      session("buyer", "signDeal", "The buyer signs the new deal and says how it pays.", [...draft, ...missing]);
    }
    const promotion = offer.rebateRule === "PROMOTION_ONLY";
    const lodged = referral?.promised === true && (!promotion || referral.funding !== "NONE");
    if (!lodged) {
      const action = promotion ? "lodgePromotion" : "lodgePromise";
      call("customer", action, "The customer puts the rebate promise on the chain, itself or through a relayer.");
    }
    if (state === "NONE") {
      // With a bond the evidence comes along, so that the rebate is taken from it and the whole price goes to the merchant.
      const bonded = facts.offer?.opened === true && referral?.funding !== "BOND";
      const action = bonded || needsBond(offer) ? "settleWithEvidence" : "settle";
      call("merchant", action, "The merchant checks the deal (approveDeal) and settles it on the chain.");
    }
    if (state === "LODGED") {
      call("merchant", "countersign", "The merchant checks the lodged deal (approveDeal) and countersigns it.");
    }
  }
  if (state === "LODGED") {
    call("anyone", "refundLodged", "Anyone refunds the buyer: the merchant stayed silent.", { from: moment });
  }
  if (state === "SETTLED" && referral?.funding === "HELD" && !referral.closed) {
    call("anyone", "payRebate", "Anyone triggers the payment of the rebate.", { from: moment });
  }
  if (referral?.funding === "BOND" && !referral.closed) {
    call("anyone", "payBondedRebate", "Anyone triggers the payment of the rebate out of the bond.", { from: moment });
  }
  if ((facts.offer?.bonded ?? 0) > 0) {
    call("merchant", "reclaimBond", "The merchant takes back what is left of its bond.", { from: moment });
  }
  return steps;
}

function accountFor(file: DealFile, endorsement: EndorsementType): string {
  const role: Role = endorserRoles[endorsement];
  const { offer, rebatePromise, deal, buyer } = file.body;
  if (role === "buyer") return deal?.buyer ?? buyer ?? "the buyer";
  const document = offer ?? rebatePromise ?? deal;
  return document?.[role] ?? `the ${role}`;
}

function bondOf({ body }: DealFile, { offer: status }: DealFacts): readonly Missing[] {
  const { offer } = body;
  if (offer === undefined || status === undefined || !needsBond(offer) || status.bonded > 0) return [];
  return [{ kind: "bond", bonded: status.bonded }];
}

function toNextStep({ who, action, via, what, missing, until, from }: Step, yours: boolean): NextStep {
  return {
    turn: who,
    yours,
    action,
    via,
    what,
    missing,
    ...(until === undefined ? {} : { until }),
    ...(from === undefined ? {} : { from }),
  };
}

/** Buyer and customer may lodge a deal that the merchant does not settle. */
function fallbackOf(file: DealFile, party: Role, step: Step, facts: DealFacts): Pick<NextStep, "fallback"> {
  const moment = file.body.offer?.rebateMoment;
  const waits = step.who === "merchant" && (step.action === "settle" || step.action === "settleWithEvidence");
  if (party === "merchant" || !waits || moment === undefined) return {};
  return missingFor("lodge", file, facts).length > 0 ? {} : { fallback: { action: "lodge", before: moment } };
}

/**
 * Whose turn it is, what is missing, until when, and which function to call, as one party sees it. Pure: the file and
 * what the chain says ({@link readDealFacts}, `session.facts()`) go in.
 *
 * @example
 * import { createDealFile, nextStep } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract: "0x00000000000000000000000000000000000000aa" });
 * const step = nextStep(file, "customer", { now: 0n });
 * assert.equal(step.turn, "merchant");
 * assert.equal(step.action, "draftOffer");
 */
export function nextStep(file: DealFile, party: Role, facts: DealFacts): NextStep {
  const { offer } = file.body;
  const revoked =
    signatureIn(file, "CustomerOfferRevocation") !== undefined &&
    signatureIn(file, "BuyerOfferEndorsement") === undefined;
  const steps = openSteps(file, facts);
  const onlyMoney = (step: Step) => step.action === "reclaimBond" || step.from !== undefined;
  const untaken = (facts.referral?.state ?? "NONE") === "NONE" && facts.referral?.funding !== "BOND";
  const cancelled =
    untaken &&
    (facts.offer?.cancelled === true ||
      (facts.counter !== undefined && offer !== undefined && facts.counter !== offer.counter));
  const dead = revoked
    ? "The customer revoked its endorsement."
    : cancelled
      ? "The merchant cancelled the offer."
      : undefined;
  const live = dead === undefined ? steps : steps.filter(onlyMoney);

  const isReady = ({ missing }: Step) => missing.length === 0;
  const mine = live.find((step) => (step.who === party || step.who === "anyone") && isReady(step));
  if (mine !== undefined) return toNextStep(mine, true);
  // The customer's rebate promise runs beside the deal: who waits for the deal does not wait for it.
  const beside = ({ who, action }: Step) =>
    who === "customer" && (action === "endorsePromise" || action === "lodgePromise");
  const line = live.filter((step) => !beside(step));
  const signable = ({ missing }: Step) => missing.every(({ kind }) => kind !== "signature");
  const next = line.find(isReady) ?? live.find(isReady) ?? live.find(signable) ?? live[0];
  if (next !== undefined) {
    // Something that only money or time stands before is its party's own affair to bring about.
    return { ...toNextStep(next, false), ...fallbackOf(file, party, next, facts) };
  }
  const lapsed = offer !== undefined && facts.now >= BigInt(offer.rebateMoment) && untaken;
  return {
    turn: "nobody",
    yours: false,
    what:
      dead ?? (lapsed ? "The rebate moment passed and nothing was settled: the offer lapsed." : "Everything is done."),
    missing: [],
  };
}

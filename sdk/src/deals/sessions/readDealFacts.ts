import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import { saleIdOf } from "../documents/saleIdOf.js";
import type { DealFile, DealFileBody } from "../file/DealFile.js";
import type { DealsReader, Funds } from "../reader/DealsReader.js";
import type { OfferStatus, ReferralStatus, SaleState } from "../state/states.js";

/** What the chain says of a file's documents at a time. A fact that is left out is not known. */
export type DealFacts = {
  /** Unix seconds. */
  readonly now: bigint;
  /** Of the sale that the file holds, or else of the offer's base sale. */
  readonly sale?: SaleState;
  readonly offer?: OfferStatus;
  readonly counter?: number;
  readonly referral?: ReferralStatus;
  /** What the buyer can pay with. */
  readonly buyerFunds?: Funds;
  /** What the merchant can lock with. */
  readonly merchantFunds?: Funds;
  /** What the customer can pay with. */
  readonly customerFunds?: Funds;
};

/**
 * Reads everything that the chain knows of a file's documents.
 *
 * @example
 * import { createDealFile, Guildhall, readDealFacts } from "@guildhall/sdk";
 * const { deals } = await Guildhall.connect(provider, { directory });
 * const facts = await readDealFacts(createDealFile(deals.place), deals.reader, 1_900_000_000n);
 * assert.deepEqual(facts, { now: 1_900_000_000n });
 */
export async function readDealFacts(file: DealFile, reader: DealsReader, now: bigint): Promise<DealFacts> {
  const { body } = file;
  const saleId = body.sale === undefined ? body.offer?.saleId : saleIdOf(body.sale);
  const [sale, ofOffer, buyerFunds, customerFunds] = await Promise.all([
    saleId === undefined ? undefined : reader.saleOf(saleId).then((recorded) => recorded?.state ?? ("NONE" as const)),
    body.offer === undefined ? undefined : factsOf(body.offer, body, reader),
    body.deal === undefined ? undefined : reader.fundsOf(body.deal.token, body.deal.buyer),
    body.sale === undefined || body.paidElsewhere === true
      ? undefined
      : reader.fundsOf(body.sale.token, body.sale.customer),
  ]);
  return {
    now,
    ...(sale === undefined ? {} : { sale }),
    ...(ofOffer ?? {}),
    ...(buyerFunds === undefined ? {} : { buyerFunds }),
    ...(customerFunds === undefined ? {} : { customerFunds }),
  };
}

async function factsOf(offer: Offer, { buyer }: DealFileBody, reader: DealsReader): Promise<Omit<DealFacts, "now">> {
  const offerId = offerIdOf(offer);
  const [status, counter, merchantFunds, referral] = await Promise.all([
    reader.offerStatusOf(offerId),
    reader.counterOf(offer.merchant),
    reader.fundsOf(offer.token, offer.merchant),
    buyer === undefined ? undefined : reader.referralStatusOf(referralIdOf({ ...offer, offerId, buyer })),
  ]);
  return { offer: status, counter, merchantFunds, ...(referral === undefined ? {} : { referral }) };
}

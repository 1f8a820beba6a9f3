import type { GuildhallDocument } from "../../core/documents/DocumentCodec.js";
import type { EndorsementType } from "../documents/dealTypes.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import type { RebatePromise } from "../documents/RebatePromise.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import type { Sale } from "../documents/Sale.js";
import type { Payment } from "../payments/Payment.js";

/** A signature that a deal file carries. Whose it is and of what follows from the endorsement and the documents. */
export type DealSignature = {
  readonly endorsement: EndorsementType;
  readonly signature: Hex;
};

/** What a deal file holds: the documents of one use of one offer, as far as they are drafted. */
export type DealFileBody = {
  readonly sale?: Sale;
  /** Whether the sale was paid outside the contract; stands beside `sale`. */
  readonly paidElsewhere?: boolean;
  readonly offer?: Offer;
  readonly rebatePromise?: RebatePromise;
  /** Whom the customer brings, once the customer named it. */
  readonly buyer?: Address;
  readonly deal?: ReferredSale;
  /** How the customer pays the sale. */
  readonly salePayment?: Payment;
  /** How the merchant locks the bond, where somebody else submits it. */
  readonly bondPayment?: Payment;
  /** How the buyer pays the deal. */
  readonly dealPayment?: Payment;
};

/** The documents and signatures of one referral, as they travel between the parties. */
export type DealFile = GuildhallDocument<"DealFile", DealFileBody, DealSignature>;

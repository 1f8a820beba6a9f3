import type { DealsPlace } from "../documents/dealsDomain.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import type { VerifyClaim } from "../file/verifyDealFile.js";
import type { TokenFacts } from "../payments/paymentTypedData.js";
import type { OfferStatus, ReferralStatus, SaleState } from "../state/states.js";

/** A sale as the chain recorded it. */
export type RecordedSale = {
  readonly saleId: Hex;
  readonly state: SaleState;
  readonly merchant: Address;
  readonly customer: Address;
  readonly token: Address;
  /** Base units. */
  readonly amount: bigint;
  /** Unix seconds. */
  readonly refundableUntil: number;
};

/** What an account can pay the contract with. */
export type Funds = {
  /** Base units that it holds. */
  readonly balance: bigint;
  /** Base units that the contract may take. */
  readonly allowance: bigint;
};

/** What sessions read of the chain. {@link chainDealsReader} reads it from a node; tests and caches may do otherwise. */
export type DealsReader = DealsPlace & {
  /** A recorded sale; undefined where there is none. */
  saleOf(saleId: Hex): Promise<RecordedSale | undefined>;
  offerStatusOf(offerId: Hex): Promise<OfferStatus>;
  referralStatusOf(referralId: Hex): Promise<ReferralStatus>;
  /** The merchant's present counter. */
  counterOf(merchant: Address): Promise<number>;
  /** The referrals that took a use of the offer on chain. */
  usesOf(offer: Offer): Promise<readonly Hex[]>;
  /** The referred sale that stands under a referral; undefined where none does. */
  dealUnder(referralId: Hex): Promise<Hex | undefined>;
  fundsOf(token: Address, account: Address): Promise<Funds>;
  /** What a payment's signature needs to know of the token. */
  tokenFactsOf(token: Address, account: Address): Promise<TokenFacts>;
  /** Verifies a signature: key, wallet, or wallet not yet deployed. */
  readonly verify: VerifyClaim;
};

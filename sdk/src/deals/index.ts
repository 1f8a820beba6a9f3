export * as dealActions from "./actions/index.js";
export type { RebatePayment } from "./actions/RebatePayment.js";
export type { CompleteOffer } from "./actions/toAbi.js";
export { DealError, type DealErrorCode } from "./DealError.js";
export { dealIdOf } from "./documents/dealIdOf.js";
export { type DealsPlace, dealsDomain } from "./documents/dealsDomain.js";
export { documentTypes, type EndorsementType, endorsementTypes } from "./documents/dealTypes.js";
export type { Endorsement } from "./documents/Endorsement.js";
export { endorsementDigest } from "./documents/endorsementDigest.js";
export { endorsementTypedData } from "./documents/endorsementTypedData.js";
export { endorserOf, endorserRoles } from "./documents/endorserOf.js";
export type { Address, Hex } from "../core/documents/Hex.js";
export { discountPolicies, type DiscountPolicy, type Offer, type RebateRule, rebateRules } from "./documents/Offer.js";
export { offerIdOf } from "./documents/offerIdOf.js";
export { price } from "./documents/price.js";
export { promiseIdOf } from "./documents/promiseIdOf.js";
export type { RebatePromise } from "./documents/RebatePromise.js";
export type { ReferredSale } from "./documents/ReferredSale.js";
export { referralIdOf, type ReferralTerms } from "./documents/referralIdOf.js";
export { type Role, roles } from "./documents/Role.js";
export type { Sale } from "./documents/Sale.js";
export { saleIdOf } from "./documents/saleIdOf.js";
export type { DealEvent, DealEventArgs, DealEventName } from "./logs/dealEvents.js";
export { dealFileCodec, offerCodec, rebatePromiseCodec, referredSaleCodec, saleCodec } from "./file/codecs.js";
export { createDealFile } from "./file/createDealFile.js";
export type { DealFile, DealFileBody, DealSignature } from "./file/DealFile.js";
export { decodeDealFile } from "./file/decodeDealFile.js";
export { encodeDealFile } from "./file/encodeDealFile.js";
export { mergeDealFiles } from "./file/mergeDealFiles.js";
export { signatureIn } from "./file/signatureIn.js";
export { type VerifyClaim, verifyDealFile } from "./file/verifyDealFile.js";
export { type AuthorizationParameters, authorizationTypedData } from "./payments/authorizationTypedData.js";
export { byAllowance, type Payment, type PaymentMethod, paymentMethods } from "./payments/Payment.js";
export { type PaymentDue, type PaymentTerms, paymentTypedData, type TokenFacts } from "./payments/paymentTypedData.js";
export { PERMIT2_ADDRESS, type Permit2Parameters, permit2TypedData } from "./payments/permit2TypedData.js";
export { type PermitParameters, permitTypedData } from "./payments/permitTypedData.js";
export {
  type DealState,
  dealStates,
  type Funding,
  fundings,
  type OfferStatus,
  type ReferralStatus,
  type SaleState,
  saleStates,
} from "./state/states.js";
export type { Books } from "./books/Books.js";
export { type Claim, reckonClaims } from "./books/reckonClaims.js";
export { DealsClient, type HistoryOptions } from "./DealsClient.js";
export {
  evidenceOf,
  lodgeOf,
  lodgePromiseOf,
  lodgePromotionOf,
  openOfferOf,
  paySaleOf,
  recordSaleOf,
  settleOf,
  settleWithEvidenceOf,
} from "./file/parameters.js";
export type { WatchOptions } from "./logs/watchDealLogs.js";
export { chainDealsReader, type ChainDealsReaderParameters } from "./reader/chainDealsReader.js";
export type { DealsReader, Funds, RecordedSale } from "./reader/DealsReader.js";
export { readTokenFacts } from "./reader/readTokenFacts.js";
export { BuyerSession, type DealDraft } from "./sessions/BuyerSession.js";
export { CustomerSession } from "./sessions/CustomerSession.js";
export type { DealSession, PayBy, SessionOptions } from "./sessions/DealSession.js";
export {
  MerchantSession,
  type MerchantSessionOptions,
  type OfferDraft,
  type SaleDraft,
} from "./sessions/MerchantSession.js";
export { type DealCall, type Missing, missingFor } from "./sessions/missingFor.js";
export { type NextStep, nextStep, type SessionAction } from "./sessions/nextStep.js";
export { type DealFacts, readDealFacts } from "./sessions/readDealFacts.js";
export { serialUseBook, type TextStore } from "./sessions/serialUseBook.js";
export type { UseBook, UseClaim, UseVerdict } from "./sessions/UseBook.js";
export { needsBond } from "./state/needsBond.js";
export { type DeployedWallet, deployWallet, type DeployWalletParameters } from "./walletDeployment.js";
export { OrderError, type OrderErrorCode } from "./orders/OrderError.js";
export {
  type Currency,
  type Order,
  readOrders,
  type ReadOrders,
  type ReadOrdersOptions,
  type RefusedOrder,
} from "./orders/readOrders.js";

import { GuildhallError } from "../core/errors/GuildhallError.js";

/** Why the SDK refuses a step of a referral deal. */
export type DealErrorCode =
  // time
  | "DEAL_TOO_LATE"
  | "DEAL_MARGIN_REACHED"
  // parties
  | "DEAL_PARTIES_NOT_DISTINCT"
  | "DEAL_NOT_YOUR_ROLE"
  | "DEAL_WRONG_BUYER"
  // place
  | "DEAL_WRONG_CHAIN"
  | "DEAL_WRONG_CONTRACT"
  // terms
  | "DEAL_TERM_MISMATCH"
  | "DEAL_ZERO_REBATE"
  | "DEAL_ZERO_AMOUNT"
  | "DEAL_ZERO_USES"
  | "DEAL_PRICE_NOT_BELOW"
  | "DEAL_NOT_FREE"
  | "DEAL_DISCOUNT_OUT_OF_RANGE"
  | "DEAL_REBATE_ABOVE_PRICE"
  | "DEAL_BOND_REQUIRED"
  // documents and signatures
  | "DEAL_DOCUMENT_MISSING"
  | "DEAL_SIGNATURE_MISSING"
  | "DEAL_SIGNATURE_INVALID"
  | "DEAL_SIGNER_DISAGREES"
  | "DEAL_WALLET_NOT_DEPLOYED"
  | "DEAL_EVENTS_INCOMPLETE"
  | "DEAL_FILE_CONFLICT"
  | "DEAL_REVOKED"
  | "DEAL_PAST_REVOKING"
  // the chain's state
  | "DEAL_SALE_NOT_RECORDED"
  | "DEAL_SALE_TERMS_DIFFER"
  | "DEAL_WRONG_STATE"
  | "DEAL_OTHER_DEAL"
  | "DEAL_WRONG_COUNTER"
  | "DEAL_OFFER_CANCELLED"
  | "DEAL_USES_EXHAUSTED"
  | "DEAL_USE_SIGNED"
  // money
  | "DEAL_BALANCE_SHORT"
  | "DEAL_ALLOWANCE_SHORT"
  | "DEAL_PAYMENT_UNSUPPORTED";

/** The SDK refuses a step of a referral deal: `code` says why, `args` has the numbers, the message says what to do. */
export class DealError extends GuildhallError<DealErrorCode> {}

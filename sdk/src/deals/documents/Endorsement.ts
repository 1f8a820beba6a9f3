import type { Address } from "../../core/documents/Hex.js";
import type { Offer } from "./Offer.js";
import type { RebatePromise } from "./RebatePromise.js";
import type { ReferredSale } from "./ReferredSale.js";
import type { Sale } from "./Sale.js";

/**
 * What a party signs of a document. The digest of the endorsement before it is not part of this: it follows from the
 * document, the buyer and the order of signatures.
 */
export type Endorsement =
  | {
      readonly type: "MerchantSaleEndorsement" | "CustomerSaleEndorsement";
      readonly sale: Sale;
      /** Whether the sale was paid outside the contract. */
      readonly paidElsewhere: boolean;
    }
  | { readonly type: "OfferOpening" | "MerchantOfferEndorsement"; readonly offer: Offer }
  | {
      readonly type: "CustomerOfferEndorsement" | "BuyerOfferEndorsement" | "CustomerOfferRevocation";
      readonly offer: Offer;
      readonly buyer: Address;
    }
  | { readonly type: "MerchantPromiseEndorsement"; readonly rebatePromise: RebatePromise }
  | {
      readonly type: "BuyerPromiseEndorsement" | "CustomerPromiseEndorsement";
      readonly rebatePromise: RebatePromise;
      readonly buyer: Address;
    }
  | {
      readonly type: "CustomerDealEndorsement" | "BuyerDealEndorsement" | "MerchantDealEndorsement";
      readonly deal: ReferredSale;
    };

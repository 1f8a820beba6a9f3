import type { DocumentSigner } from "../../core/signatures/signTyped.js";
import type { TypedData } from "../../core/signatures/TypedData.js";

/** What a committee is asked to approve. */
export type ApprovalAsked = { readonly epoch: number; readonly digest: string; readonly data: TypedData };

/** Who asks for an operation, and how the consent is come by. Without a signer the party itself is the sender. */
export type RequestParty =
  | { readonly as: "CENTRE"; readonly signer?: DocumentSigner }
  | {
      readonly as: "HOLDER";
      readonly subjectKeyHash: string;
      /** The sender, or the signer, by default. */
      readonly holder?: string;
      readonly signer?: DocumentSigner;
    }
  | {
      readonly as: "COMMITTEE";
      /** The current one by default. */
      readonly epoch?: number;
      /** Gives the committee's approval, by either scheme. */
      readonly approve: (asked: ApprovalAsked) => Promise<string>;
    };

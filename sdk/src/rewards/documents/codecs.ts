import { memberApprovalTypedData } from "../../committee/documents/memberApprovalTypedData.js";
import type { DocumentCodec } from "../../core/documents/DocumentCodec.js";
import { address, boolean, bytes, choice, object } from "../../core/documents/schema/index.js";
import { hashTyped } from "../../core/signatures/hashTyped.js";
import type { Bindings } from "./Bindings.js";
import { bindingsTypedData } from "./bindingsTypedData.js";
import type { Rebinding } from "./Rebinding.js";
import { registrarRebindingTypedData } from "./registrarRebindingTypedData.js";
import { bindingsSchema, rebindingSchema, verdictSchema } from "./schemas.js";
import { userRebindingTypedData } from "./userRebindingTypedData.js";
import type { Verdict } from "./Verdict.js";
import { verdictTypedData } from "./verdictTypedData.js";

const MAX_SIGNATURE_BYTES = 24_576;
const MAX_MEMBERS = 256;
const signature = bytes({ min: 1, max: MAX_SIGNATURE_BYTES });

/** Bindings with the registrar's signature. */
export const bindingsCodec: DocumentCodec<
  "Bindings",
  { readonly registrar: string; readonly bindings: Bindings },
  { readonly signature: string }
> = {
  type: "Bindings",
  body: object({ registrar: address(), bindings: bindingsSchema }),
  entry: object({ signature }),
  maxSignatures: 1,
  claims: (document) => {
    const { registrar: account, bindings } = document.body;
    const digest = hashTyped(bindingsTypedData(document, bindings));
    return document.signatures.map((entry) => ({ role: "registrar", account, digest, signature: entry.signature }));
  },
};

/** A rebinding with the signatures of the user and the registrar. */
export const rebindingCodec: DocumentCodec<
  "Rebinding",
  { readonly registrar: string; readonly rebinding: Rebinding },
  { readonly endorsement: "UserRebinding" | "RegistrarRebinding"; readonly signature: string }
> = {
  type: "Rebinding",
  body: object({ registrar: address(), rebinding: rebindingSchema }),
  entry: object({ endorsement: choice(["UserRebinding", "RegistrarRebinding"]), signature }),
  maxSignatures: 2,
  claims: (document) => {
    const { registrar, rebinding } = document.body;
    return document.signatures.map((entry) => {
      const byUser = entry.endorsement === "UserRebinding";
      const typedData = byUser ? userRebindingTypedData : registrarRebindingTypedData;
      return {
        role: byUser ? "user" : "registrar",
        account: byUser ? rebinding.account : registrar,
        digest: hashTyped(typedData(document, rebinding)),
        signature: entry.signature,
      };
    });
  },
};

/**
 * A verdict with the signatures of the committee's members, which an ApprovalCollector makes an approval of. Members that are
 * keys sign the verdict, those that are wallets a MemberApproval of its digest.
 */
export const verdictCodec: DocumentCodec<
  "Verdict",
  { readonly registry: string; readonly verdict: Verdict },
  { readonly member: string; readonly wallet: boolean; readonly signature: string }
> = {
  type: "Verdict",
  body: object({ registry: address(), verdict: verdictSchema }),
  entry: object({ member: address(), wallet: boolean(), signature }),
  maxSignatures: MAX_MEMBERS,
  claims: (document) => {
    const { registry, verdict } = document.body;
    const digest = hashTyped(verdictTypedData(document, verdict));
    const place = { chainId: document.chainId, registry };
    return document.signatures.map((entry) => ({
      role: "member",
      account: entry.member,
      digest: entry.wallet ? hashTyped(memberApprovalTypedData(place, { member: entry.member, digest })) : digest,
      signature: entry.signature,
    }));
  },
};

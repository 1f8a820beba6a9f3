import type { Rebinding } from "../../../sdk/src/index.js";

/** A courier's move to another account, with his signature. */
export type WishedMove = {
  readonly story: string;
  readonly courier: string;
  readonly rebinding: Rebinding;
  readonly userSignature: string;
};

/** The same with the registrar's signature. */
export type SignedMove = WishedMove & { readonly registrarSignature: string };

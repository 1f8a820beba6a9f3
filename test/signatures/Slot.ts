import type { BaseContract, TypedDataDomain, TypedDataField } from "ethers";

import type { Connection } from "../helpers/deals.js";

/** EIP-712 typed data, as a wallet shows it. */
export type Typed = {
  readonly domain: TypedDataDomain;
  readonly types: Readonly<Record<string, readonly TypedDataField[]>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
};

/** Where a document is asked for: with the same parties and terms, but for what names the place. */
export type Place =
  "here" | "on another chain" | "in another contract" | "in another epoch" | "in another committee" | "in another pool";

export type Sign = (digest: string) => string;

/** Somebody else who signs, and what this one has to offer: its own signature of what is asked, and others that it made. */
export type Other = { readonly name: string; readonly offers: (asked: string) => readonly string[] };

/** A moment at which a contract asks an account for its signature, all else being honest. */
export type Situation = {
  readonly chain: Connection;
  readonly typed: Typed;
  readonly account: string;
  /** Makes the honest signature, of 65 bytes where a key signs. */
  readonly sign: Sign;
  /** Signs with the key of the account itself. */
  readonly key: Sign;
  readonly others: readonly Other[];
  /** Brings the signature. */
  readonly present: (signature: string) => Promise<unknown>;
  /** Brings it where one more has signed than has to. */
  readonly presentWithSpare?: (signature: string) => Promise<unknown>;
  /** The same question to a function that answers instead of reverting. */
  readonly ask?: (signature: string) => Promise<boolean>;
  /** Whose error a refusal is. */
  readonly contract: BaseContract;
  readonly refusal: (signature: string) => readonly [error: string, args: readonly unknown[]];
  /** What a wallet that calls back may call: something that changes the contract's state, and something that does not. */
  readonly callback?: { readonly target: string; readonly change: string; readonly read: string };
};

/** A signature that an entry point takes. */
export type Slot = {
  /** The type of the document. */
  readonly type: string;
  /** Who gives it where. */
  readonly name: string;
  /** How long it may be, in bytes; the first is what is given mostly. */
  readonly lengths: readonly number[];
  /** Whether none at all means that the account itself is the caller, which here it is not. */
  readonly emptyMeansCaller?: true;
  /** What makes it count: that the account's key made it, or that the account's code accepts it. */
  readonly hears: { readonly key: boolean; readonly code: boolean };
  readonly places: readonly Exclude<Place, "here">[];
  /** Makes the situation on a chain that is as new. */
  readonly at: (place: Place) => Promise<Situation>;
};

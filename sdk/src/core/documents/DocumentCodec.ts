import type { Schema } from "./schema/Schema.js";

/** A document: what is promised, on which chain and contract, and who signed it so far. */
export type GuildhallDocument<Type extends string = string, Body = unknown, Entry = unknown> = {
  readonly type: Type;
  readonly chainId: bigint;
  /** The verifying contract: the one whose EIP-712 domain the signatures are for. */
  readonly contract: string;
  readonly body: Body;
  readonly signatures: readonly Entry[];
};

/** What one entry of a document's signatures claims: that the account signed the digest. */
export type SignatureClaim = {
  /** In which role, for messages. */
  readonly role: string;
  readonly account: string;
  readonly digest: string;
  readonly signature: string;
};

/** How a kind of document is read, written and verified. */
export type DocumentCodec<Type extends string = string, Body = unknown, Entry = unknown> = {
  readonly type: Type;
  readonly body: Schema<Body>;
  /** One entry of `signatures`. */
  readonly entry: Schema<Entry>;
  /** At most so many entries. */
  readonly maxSignatures: number;
  /** What the signatures claim, in the order of the entries. Pure. */
  claims(document: GuildhallDocument<Type, Body, Entry>): readonly SignatureClaim[];
};

/** The document that a codec reads. */
export type DocumentOf<Codec> =
  Codec extends DocumentCodec<infer Type, infer Body, infer Entry> ? GuildhallDocument<Type, Body, Entry> : never;

import type { TypedData } from "../../../../sdk/src/index.js";

/** How a centre presents itself: where its service is, and the key that identifications are sealed to for it. */
export type CentreCard = {
  /** The run in which it counts. */
  readonly run: string;
  readonly url: string;
  readonly publicKey: string;
};

/** A card on its way, signed by the centre's account. */
export type SignedCard = { readonly card: CentreCard; readonly signature: string };

/** What the centre signs, so that nobody seals an identification to somebody else's key. */
export function centreCardTypedData(chainId: bigint, { run, url, publicKey }: CentreCard): TypedData {
  return {
    domain: { name: "Guildhall demo", version: "1", chainId },
    types: {
      CentreCard: [
        { name: "run", type: "bytes32" },
        { name: "url", type: "string" },
        { name: "publicKey", type: "bytes32" },
      ],
    },
    primaryType: "CentreCard",
    message: { run, url, publicKey },
  };
}

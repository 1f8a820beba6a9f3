/** Who this party is: its name among the members and the secret half of its channel key. */
export type FrostIdentity = {
  readonly id: string;
  /** 32 bytes. Keep it as any private key; it is not the member's share of the group key. */
  readonly secretKey: Uint8Array;
};

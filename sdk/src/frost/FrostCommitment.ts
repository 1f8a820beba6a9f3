/** What a signer sends in the first round: the public halves of its nonce. Compressed points, in hexadecimal. */
export type FrostCommitment = {
  readonly member: string;
  readonly hiding: string;
  readonly binding: string;
};

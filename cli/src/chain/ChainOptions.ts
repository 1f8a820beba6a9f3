/** Which chain and deployment, as the options of {@link withChainOptions} name them. */
export type ChainOptions = {
  readonly rpc: string;
  readonly directory?: string;
};

/** Whose key signs, as the options of {@link withKeyOptions} name it. */
export type KeyOptions = {
  readonly from?: string;
  readonly keystore?: string;
  readonly passwordFile?: string;
};

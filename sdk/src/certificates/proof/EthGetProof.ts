/** What eth_getProof answers, as far as it is used. */
export type EthGetProof = {
  readonly accountProof: readonly string[];
  readonly storageProof: readonly { readonly proof: readonly string[] }[];
};

import { type ChainPlace, readOnChain } from "../../core/reads/readOnChain.js";

/** The most gas of one transaction (EIP-7825). */
export const TRANSACTION_GAS_CAP = 16_777_216n;

/** The most gas that one transaction may have on this chain: a block's, or what EIP-7825 allows. */
export async function gasCap(place: ChainPlace): Promise<bigint> {
  const block = await readOnChain(place, () => place.provider.getBlock("latest"));
  const limit = block?.gasLimit ?? TRANSACTION_GAS_CAP;
  return limit < TRANSACTION_GAS_CAP ? limit : TRANSACTION_GAS_CAP;
}

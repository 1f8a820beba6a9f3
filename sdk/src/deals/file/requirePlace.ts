import { DealError } from "../DealError.js";
import type { DealsPlace } from "../documents/dealsDomain.js";

/** Refuses documents for another chain or another contract. Errors: {@link DealError} DEAL_WRONG_CHAIN, DEAL_WRONG_CONTRACT. */
export function requirePlace(expected: DealsPlace, actual: DealsPlace): void {
  if (actual.chainId !== expected.chainId) {
    throw new DealError({
      code: "DEAL_WRONG_CHAIN",
      args: { expected: expected.chainId, actual: actual.chainId },
      what: `The documents are for chain ${actual.chainId}, and you are on chain ${expected.chainId}.`,
      advice: "Connect to the chain of the documents, or ask for documents for yours.",
    });
  }
  if (actual.contract.toLowerCase() !== expected.contract.toLowerCase()) {
    throw new DealError({
      code: "DEAL_WRONG_CONTRACT",
      args: { expected: expected.contract, actual: actual.contract },
      what: `The documents are for the contract ${actual.contract}, and this is ${expected.contract}.`,
      advice: "Find out which deployment both of you mean before you sign anything.",
    });
  }
}

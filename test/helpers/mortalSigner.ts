import type { ContractRunner, Signer } from "ethers";

import { GuildhallError } from "../../sdk/src/core/errors/GuildhallError.js";

/** Thrown where a process would have died. */
export class Killed extends GuildhallError<"KILLED"> {
  constructor() {
    super({ code: "KILLED", args: {}, what: "The process was killed.", advice: "Begin again." });
  }
}

/** A runner that dies for good around one of its transactions. */
export type MortalSigner = ContractRunner & {
  /** Transactions that it has sent. */
  readonly sent: () => number;
};

/**
 * A signer that dies right before or right after its n-th transaction, counted from 1, and sends nothing from then on.
 *
 * @param at 0 for one that lives
 */
export function mortalSigner(signer: Signer, at: number, when: "before" | "after"): MortalSigner {
  let sent = 0;
  let dead = false;
  return {
    provider: signer.provider,
    sent: () => sent,
    call: (request) => signer.call(request),
    resolveName: (name) => signer.resolveName(name),
    estimateGas: (request) => signer.estimateGas(request),
    sendTransaction: async (request) => {
      if (dead || (when === "before" && sent + 1 === at)) {
        dead = true;
        throw new Killed();
      }
      const response = await signer.sendTransaction(request);
      sent += 1;
      if (sent !== at) return response;
      dead = true;
      throw new Killed();
    },
  };
}

import type { TypedData } from "../../../sdk/src/index.js";

/** A statement, as a module of somebody else's might ask a committee for one. */
export type Statement = {
  readonly committeeId: string;
  readonly epoch: number;
  readonly text: string;
};

/** What the committee approves: it names the committee, the epoch and, by its domain, the chain. */
export function statementTypedData(chainId: bigint, { committeeId, epoch, text }: Statement): TypedData {
  return {
    domain: { name: "Guildhall demo", version: "1", chainId },
    types: {
      Statement: [
        { name: "committeeId", type: "bytes32" },
        { name: "epoch", type: "uint32" },
        { name: "text", type: "string" },
      ],
    },
    primaryType: "Statement",
    message: { committeeId, epoch, text },
  };
}

import type { TypedData } from "../../core/signatures/TypedData.js";

type Fields = TypedData["types"][string];

const rebinding = [
  { name: "poolId", type: "bytes32" },
  { name: "userId", type: "bytes32" },
  { name: "account", type: "address" },
  { name: "newAccount", type: "address" },
  { name: "nonce", type: "uint32" },
  { name: "deadline", type: "uint40" },
] as const satisfies Fields;

/** The EIP-712 structs that are signed about reward pools. */
export const rewardTypes = {
  Bindings: {
    Bindings: [
      { name: "poolId", type: "bytes32" },
      { name: "users", type: "UserAccount[]" },
      { name: "deadline", type: "uint40" },
    ],
    UserAccount: [
      { name: "userId", type: "bytes32" },
      { name: "account", type: "address" },
    ],
  },
  UserRebinding: { UserRebinding: rebinding },
  RegistrarRebinding: { RegistrarRebinding: [...rebinding, { name: "userEndorsement", type: "bytes32" }] },
  Verdict: {
    Verdict: [
      { name: "committeeId", type: "bytes32" },
      { name: "epoch", type: "uint32" },
      { name: "poolId", type: "bytes32" },
      { name: "cycle", type: "uint32" },
      { name: "revision", type: "uint32" },
      { name: "root", type: "bytes32" },
      { name: "count", type: "uint32" },
      { name: "eligible", type: "uint32" },
      { name: "contentHash", type: "bytes32" },
      { name: "evidenceUri", type: "string" },
      { name: "noneEligible", type: "bool" },
    ],
  },
} as const satisfies Readonly<Record<string, TypedData["types"]>>;

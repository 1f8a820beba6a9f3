import type { TypedData } from "../../core/signatures/TypedData.js";

/** The EIP-712 structs that committees sign about themselves. */
export const committeeTypes = {
  GroupKeyConfirmation: {
    GroupKeyConfirmation: [
      { name: "committeeId", type: "bytes32" },
      { name: "epoch", type: "uint32" },
      { name: "groupKeyX", type: "uint256" },
      { name: "groupKeyY", type: "uint256" },
    ],
  },
  MemberApproval: {
    MemberApproval: [
      { name: "member", type: "address" },
      { name: "digest", type: "bytes32" },
    ],
  },
  Retirement: {
    Retirement: [
      { name: "committeeId", type: "bytes32" },
      { name: "currentEpoch", type: "uint32" },
      { name: "epoch", type: "uint32" },
    ],
  },
  Rotation: {
    Rotation: [
      { name: "committeeId", type: "bytes32" },
      { name: "currentEpoch", type: "uint32" },
      { name: "members", type: "address[]" },
      { name: "threshold", type: "uint8" },
      { name: "groupKeyX", type: "uint256" },
      { name: "groupKeyY", type: "uint256" },
      { name: "graceUntil", type: "uint40" },
    ],
  },
} as const satisfies Readonly<Record<string, TypedData["types"]>>;

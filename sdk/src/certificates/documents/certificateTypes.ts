import type { TypedData } from "../../core/signatures/TypedData.js";

type Fields = TypedData["types"][string];

const request = [
  { name: "certificateId", type: "bytes32" },
  { name: "previousRecord", type: "bytes32" },
  { name: "operation", type: "uint8" },
  { name: "reason", type: "uint8" },
  { name: "successorId", type: "bytes32" },
  { name: "centre", type: "uint32" },
  { name: "deadline", type: "uint40" },
] as const satisfies Fields;

/** The EIP-712 structs that are signed about certificates, and those whose hashes are ids. */
export const certificateTypes = {
  Application: {
    Application: [
      { name: "committeeId", type: "bytes32" },
      { name: "centre", type: "uint32" },
      { name: "applicant", type: "address" },
      { name: "subjectKeyHash", type: "bytes32" },
      { name: "identityHash", type: "bytes32" },
      { name: "possessionHash", type: "bytes32" },
      { name: "predecessorId", type: "bytes32" },
      { name: "notBefore", type: "uint40" },
      { name: "notAfter", type: "uint40" },
      { name: "deadline", type: "uint40" },
    ],
  },
  Certificate: {
    Certificate: [
      { name: "committeeId", type: "bytes32" },
      { name: "contentHash", type: "bytes32" },
    ],
  },
  Record: {
    Record: [
      { name: "certificateId", type: "bytes32" },
      { name: "from", type: "uint40" },
      { name: "to", type: "uint40" },
      { name: "operation", type: "uint8" },
      { name: "requester", type: "uint8" },
      { name: "reason", type: "uint8" },
      { name: "requestHash", type: "bytes32" },
      { name: "previousRecord", type: "bytes32" },
      { name: "blockNumber", type: "uint256" },
      { name: "timestamp", type: "uint40" },
    ],
  },
  CertificationResult: {
    CertificationResult: [
      { name: "committeeId", type: "bytes32" },
      { name: "epoch", type: "uint32" },
      { name: "applicationId", type: "bytes32" },
      { name: "tbsHash", type: "bytes32" },
      { name: "contentHash", type: "bytes32" },
      { name: "approved", type: "bool" },
      { name: "reason", type: "uint8" },
    ],
  },
  CentreAdmission: {
    CentreAdmission: [
      { name: "committeeId", type: "bytes32" },
      { name: "epoch", type: "uint32" },
      { name: "account", type: "address" },
      { name: "issuerKeyHash", type: "bytes32" },
      { name: "issuerIsP256", type: "bool" },
      { name: "salt", type: "bytes32" },
    ],
  },
  CentreRetirement: {
    CentreRetirement: [
      { name: "committeeId", type: "bytes32" },
      { name: "epoch", type: "uint32" },
      { name: "centre", type: "uint32" },
    ],
  },
  CertificateRequest: { CertificateRequest: request },
  CommitteeRequest: {
    CommitteeRequest: [{ name: "committeeId", type: "bytes32" }, { name: "epoch", type: "uint32" }, ...request],
  },
} as const satisfies Readonly<Record<string, TypedData["types"]>>;

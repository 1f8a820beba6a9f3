import { readContract } from "../../core/reads/readContract.js";
import type { CertificatesAccess } from "../CertificatesAccess.js";
import type { CertificateState } from "./CertificateState.js";
import { toCertificateState } from "./toCertificateState.js";

/** Reads a certificate's state. Errors: {@link ContractRevertError} CertificateLedgerCertificateUnknown, {@link RpcError}. */
export async function readCertificate(
  { context, address, reader }: CertificatesAccess,
  certificateId: string,
): Promise<CertificateState> {
  const state = await readContract(context, address, reader.certificateOf, certificateId);
  return toCertificateState(certificateId, state);
}

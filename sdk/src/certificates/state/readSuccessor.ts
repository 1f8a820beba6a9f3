import { ZeroHash } from "ethers";

import { isRevert } from "../../core/errors/isRevert.js";
import { readContract } from "../../core/reads/readContract.js";
import { unexpectedAnswer } from "../../core/reads/unexpectedAnswer.js";
import type { CertificatesAccess } from "../CertificatesAccess.js";
import type { CertificateState } from "./CertificateState.js";
import { readCertificate } from "./readCertificate.js";

/**
 * Reads the state of the certificate that the committee approved as the successor; undefined for none. One that the ledger does
 * not know is the node's invention. Errors: {@link RpcError}.
 */
export async function readSuccessor(
  access: CertificatesAccess,
  certificateId: string,
): Promise<CertificateState | undefined> {
  const { context, address, reader } = access;
  const successorId = await readContract(context, address, reader.successorOf, certificateId);
  if (successorId === ZeroHash) return undefined;
  try {
    return await readCertificate(access, successorId);
  } catch (error) {
    if (!isRevert(error, "CertificateLedgerCertificateUnknown")) throw error;
    throw unexpectedAnswer("The node tells a successor that the ledger does not know.", { certificateId, successorId });
  }
}

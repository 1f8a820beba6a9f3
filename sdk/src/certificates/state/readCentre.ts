import { readContract } from "../../core/reads/readContract.js";
import type { CertificatesAccess } from "../CertificatesAccess.js";
import type { Centre } from "./Centre.js";

/** Reads a centre. Errors: {@link ContractRevertError} CertificateLedgerCentreUnknown, {@link RpcError}. */
export async function readCentre({ context, address, reader }: CertificatesAccess, centre: number): Promise<Centre> {
  const found = await readContract(context, address, reader.centreOf, centre);
  const { committeeId, account, issuerKeyHash, issuerIsP256, retired } = found;
  return { centre, committeeId, account, issuerKeyHash, issuerIsP256, retired };
}

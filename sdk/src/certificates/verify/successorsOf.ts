import { ZeroHash } from "ethers";

import { readContract } from "../../core/reads/readContract.js";
import type { CertificatesAccess } from "../CertificatesAccess.js";
import { readCentre } from "../state/readCentre.js";
import { readCertificate } from "../state/readCertificate.js";
import { verdictOf } from "../state/verdictOf.js";
import type { Successor } from "./CertificateReport.js";

/** Nobody replaces a certificate more often while anyone still shows the first. */
const MOST = 64;

/** Follows the successors of a certificate as long as they are superseded themselves, at most 64 of them. */
export async function successorsOf(
  access: CertificatesAccess,
  certificateId: string,
  at: number,
): Promise<readonly Successor[]> {
  const { context, address, reader } = access;
  const found: Successor[] = [];
  let last = certificateId;
  while (found.length < MOST) {
    const next = await readContract(context, address, reader.successorOf, last);
    if (next === ZeroHash) return found;
    const state = await readCertificate(access, next);
    const centreRetired = (await readCentre(access, state.centre)).retired;
    const verdict = verdictOf(state, { at, centreRetired });
    found.push({ certificateId: next, verdict });
    if (verdict !== "SUPERSEDED") return found;
    last = next;
  }
  return found;
}

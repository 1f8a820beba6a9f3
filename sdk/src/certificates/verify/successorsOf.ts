import type { CertificatesAccess } from "../CertificatesAccess.js";
import { readCentre } from "../state/readCentre.js";
import { readSuccessor } from "../state/readSuccessor.js";
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
  const found: Successor[] = [];
  let last = certificateId;
  while (found.length < MOST) {
    const state = await readSuccessor(access, last);
    if (state === undefined) return found;
    const centreRetired = (await readCentre(access, state.centre)).retired;
    const verdict = verdictOf(state, { at, centreRetired });
    found.push({ certificateId: state.certificateId, verdict });
    if (verdict !== "SUPERSEDED") return found;
    last = state.certificateId;
  }
  return found;
}

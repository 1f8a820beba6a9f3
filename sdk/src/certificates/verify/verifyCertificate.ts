import { isRevert } from "../../core/errors/isRevert.js";
import type { CertificatesAccess } from "../CertificatesAccess.js";
import { certificateIdOf } from "../documents/certificateIdOf.js";
import { readHistory } from "../history/readHistory.js";
import { replayHistory } from "../history/replayHistory.js";
import { verdictAt } from "../history/verdictAt.js";
import type { CertificateState } from "../state/CertificateState.js";
import type { CertificateVerdict } from "../state/names.js";
import { readCentre } from "../state/readCentre.js";
import { readCertificate } from "../state/readCertificate.js";
import { verdictOf } from "../state/verdictOf.js";
import type { CertificateFault, CertificateReport, VerifyCertificateOptions } from "./CertificateReport.js";
import { stateFault } from "./stateFault.js";
import { successorsOf } from "./successorsOf.js";

type Standing = { readonly verdict: CertificateVerdict; readonly state: CertificateState | undefined };

/**
 * Verifies a certificate by its bytes, in PEM or DER: what is written in it, and what the ledger says of it. The id is derived
 * from the bytes and the committee, so that no other certificate can answer for it.
 *
 * Errors: {@link CertificateError} where the bytes are no certificate; {@link RpcError}.
 */
export async function verifyCertificate(
  access: CertificatesAccess,
  pemOrDer: string | Uint8Array,
  { committeeId, issuer, at }: VerifyCertificateOptions,
): Promise<CertificateReport> {
  // X.509 comes with whoever verifies alone.
  const { checkCertificate, parseCertificate } = await import("../x509/checking.js");
  const certificate = parseCertificate(pemOrDer);
  const certificateId = certificateIdOf({ committeeId, contentHash: certificate.contentHash });
  const now = Number(await access.context.clock());
  const time = at ?? now;
  const { verdict, state } = await standingOf(access, certificateId, time, time < now);

  const reasons: CertificateFault[] = [];
  if (issuer !== undefined) {
    reasons.push(...(await checkCertificate(certificate, parseCertificate(issuer), time)).reasons);
  } else {
    for (const oid of certificate.extensions.unknownCritical) {
      const what = `Its extension ${oid} is critical, and nothing is known about it here.`;
      reasons.push({ code: "UNKNOWN_CRITICAL_EXTENSION", args: { oid }, what });
    }
  }
  if (verdict !== "VALID") reasons.push(stateFault(verdict, state, time));
  return {
    valid: reasons.length === 0,
    certificateId,
    verdict,
    reasons,
    certificate,
    state,
    signatureChecked: issuer !== undefined ? "HERE" : state === undefined ? undefined : "AT_ISSUE",
    successors: verdict === "SUPERSEDED" ? await successorsOf(access, certificateId, time) : [],
  };
}

async function standingOf(
  access: CertificatesAccess,
  certificateId: string,
  at: number,
  isPast: boolean,
): Promise<Standing> {
  try {
    if (isPast) {
      const history = await readHistory(access, certificateId);
      return { verdict: verdictAt(history, at), state: replayHistory(history, at) };
    }
    const state = await readCertificate(access, certificateId);
    const { retired } = await readCentre(access, state.centre);
    return { verdict: verdictOf(state, { at, centreRetired: retired }), state };
  } catch (error) {
    if (isRevert(error, "CertificateLedgerCertificateUnknown")) return { verdict: "UNKNOWN", state: undefined };
    throw error;
  }
}

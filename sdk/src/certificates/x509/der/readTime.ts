import { CertificateError } from "../../CertificateError.js";
import { type DerNode, tags } from "./DerNode.js";

const UTC_TIME = /^(?<year>[0-9]{2})(?<month>[0-9]{2})(?<day>[0-9]{2})(?<time>[0-9]{6})Z$/u;
const GENERALIZED_TIME = /^(?<year>[0-9]{4})(?<month>[0-9]{2})(?<day>[0-9]{2})(?<time>[0-9]{6})Z$/u;

/**
 * Unix seconds of a UTCTime, whose years are 1950 to 2049, or a GeneralizedTime, in the forms of RFC 5280: with seconds, in
 * UTC. Before 1970 it is negative.
 *
 * Errors: {@link CertificateError} CERT_MALFORMED, CERT_TIME.
 */
export function readTime(node: DerNode | undefined, document: string, field: string): number {
  if (node?.tag !== tags.utcTime && node?.tag !== tags.generalizedTime) {
    throw new CertificateError("CERT_MALFORMED", { document, field, problem: "it is no time" });
  }
  const text = String.fromCharCode(...node.body.subarray(0, 32));
  const parts = (node.tag === tags.utcTime ? UTC_TIME : GENERALIZED_TIME).exec(text)?.groups;
  if (parts === undefined) throw new CertificateError("CERT_TIME", { document, field, text });
  const { year = "", month = "", day = "", time = "" } = parts;
  const century = node.tag === tags.generalizedTime ? "" : Number(year) < 50 ? "20" : "19";
  const iso = `${century}${year}-${month}-${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`;
  const milliseconds = Date.parse(`${iso}.000Z`);
  // A date that is not there, as 30 February, would be read as another day.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString() !== `${iso}.000Z`) {
    throw new CertificateError("CERT_TIME", { document, field, text });
  }
  return milliseconds / 1_000;
}

import type { Certificate } from "../../../../sdk/src/certificates/index.js";
import { ScriptError } from "../../../support/ScriptError.js";

/** Refuses a chain whose clock is so far from this machine's that TLS, which goes by the latter, finds nothing valid. */
export function requireClocks(
  { notBefore, notAfter }: Certificate,
  now: number = Math.floor(Date.now() / 1_000),
): void {
  if (now >= notBefore && now <= notAfter) return;
  throw new ScriptError(
    "ClocksApart",
    `it is ${now} on this machine, and the certificates, dated by the chain's clock, are valid from ${notBefore} to ${notAfter}. Play on a chain whose clock is less than a month ahead.`,
    { now, notBefore, notAfter },
  );
}

import { getBytes } from "ethers";

import type { Certificate } from "./Certificate.js";
import type { CheckCode, CheckReason } from "./CheckReason.js";
import type { NameConstraints } from "./NameConstraints.js";
import { Name } from "./peculiar.js";

const HOST_NAME = /^(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\.?$/iu;

/** Holds a certificate's names against its issuer's constraints, by RFC 5280, 4.2.1.10. */
export function checkNameConstraints(
  { subject, extensions: { names } }: Certificate,
  { permitted, excluded, unprocessed }: NameConstraints,
  add: (code: CheckCode, args: CheckReason["args"], what: string) => void,
): void {
  if (unprocessed.length > 0) {
    const kinds = unprocessed.join(", ");
    add("ISSUER_CONSTRAINTS_UNPROCESSED", { kinds }, `Its issuer constrains ${kinds}, which is not processed here.`);
  }
  // Where no DNS name stands among the alternative names, TLS looks for one in the subject.
  const dns = names.dns.length > 0 ? names.dns : hostNamesIn(subject.der);
  for (const { kind, given, isWithin, touches } of [
    { kind: "dns", given: dns, isWithin: isWithinDomain, touches: touchesDomain },
    { kind: "ip", given: names.ip, isWithin: isWithinRange, touches: isWithinRange },
  ] as const) {
    for (const name of given) {
      if (permitted[kind].length > 0 && !permitted[kind].some((base) => isWithin(name, base))) {
        add("NAME_NOT_PERMITTED", { kind, name }, `Its issuer may not issue for ${name}.`);
      }
      if (excluded[kind].some((base) => touches(name, base))) {
        add("NAME_EXCLUDED", { kind, name }, `Its issuer is excluded from issuing for ${name}.`);
      }
    }
  }
}

function hostNamesIn(subject: Uint8Array): readonly string[] {
  return new Name(Uint8Array.from(subject)).getField("CN").filter((name) => HOST_NAME.test(name));
}

/** A domain covers itself and what has more labels; with a dot before it, only the latter; an empty one, everything. */
function isWithinDomain(name: string, domain: string): boolean {
  const [inner, outer] = [plain(name), plain(domain)];
  return outer === "" || inner === outer || inner.endsWith(outer.startsWith(".") ? outer : `.${outer}`);
}

/** Whether it may be used for a name within the domain: `*.a.example` is, for what is within `b.a.example`. */
function touchesDomain(name: string, domain: string): boolean {
  return isWithinDomain(name, domain) || (name.startsWith("*.") && `.${plain(domain)}`.endsWith(plain(name).slice(1)));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/u, "");
}

/** Whether an address, as alternative names have it, lies in a range of an address and its mask. */
function isWithinRange(address: string, range: string): boolean {
  const bytes = address.includes(":")
    ? address.split(":").flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff])
    : address.split(".").map(Number);
  const all = getBytes(range);
  const [base, mask] = [all.subarray(0, all.length / 2), all.subarray(all.length / 2)];
  if (bytes.length !== base.length) return false;
  return bytes.every((byte, i) => ((byte ^ (base[i] ?? 0)) & (mask[i] ?? 0)) === 0);
}

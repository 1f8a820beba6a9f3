/** What a PEM block may be called. */
export type PemLabel = "CERTIFICATE" | "CERTIFICATE REQUEST" | "PRIVATE KEY" | "PUBLIC KEY";

/**
 * Writes bytes as a PEM block: base64 in lines of 64 characters between two boundaries.
 *
 * @example
 * import { toPem } from "@guildhall/sdk/certificates";
 * assert.equal(toPem(Uint8Array.of(0x30, 0x00), "CERTIFICATE").split("\n")[1], "MAA=");
 */
export function toPem(der: Uint8Array, label: PemLabel): string {
  const base64 = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(""));
  return [`-----BEGIN ${label}-----`, ...(base64.match(/.{1,64}/gu) ?? []), `-----END ${label}-----`, ""].join("\n");
}

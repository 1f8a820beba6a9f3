import { CertificateError } from "../CertificateError.js";
import { accountIdOf } from "./accountIdOf.js";
import { keyAlgorithms } from "./KeyPair.js";
import { parseSigningRequest } from "./parseSigningRequest.js";
import { Pkcs10CertificateRequest } from "./peculiar.js";
import type { SigningRequest } from "./SigningRequest.js";

const MIN_RSA_BITS = 2_048;
const MAX_RSA_BITS = 8_192;

/** Whose request it has to be. */
export type RequestParty = { readonly chainId: bigint; readonly applicant: string };

/**
 * Reads a PKCS#10 request and checks that its own key signed it and that it was made for this account on this chain.
 *
 * Errors: {@link CertificateError} REQUEST_APPLICANT, REQUEST_SIGNATURE, REQUEST_NO_ACCOUNT, REQUEST_OTHER_ACCOUNT, CERT_KEY_UNSUPPORTED (also
 * for RSA of fewer than 2,048 or more than 8,192 bits), and those of `parseSigningRequest`.
 *
 * @example
 * import { checkSigningRequest, createKeyPair, createSigningRequest } from "@guildhall/sdk/certificates";
 * const key = await createKeyPair("P-256");
 * const party = { chainId: 1n, applicant: wallet.address };
 * const { der } = await createSigningRequest({ key, subject: { commonName: "node 7" }, ...party });
 * assert.equal((await checkSigningRequest(der, party)).key.algorithm, "P-256");
 * await assert.rejects(checkSigningRequest(der, { ...party, chainId: 2n }), { code: "REQUEST_OTHER_ACCOUNT" });
 */
export async function checkSigningRequest(pemOrDer: string | Uint8Array, party: RequestParty): Promise<SigningRequest> {
  const request = parseSigningRequest(pemOrDer);
  const { algorithm, bits = MIN_RSA_BITS, keyHash } = request.key;
  if (!(keyAlgorithms as readonly string[]).includes(algorithm) || bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
    const shown = algorithm === "RSA" ? `RSA of ${bits} bits` : algorithm;
    throw new CertificateError("CERT_KEY_UNSUPPORTED", { algorithm: shown, supported: keyAlgorithms });
  }
  if (!(await isSigned(request.der))) throw new CertificateError("REQUEST_SIGNATURE", { subjectKeyHash: keyHash });
  const expected = accountIdOf(party);
  const { account: actual } = request;
  if (actual === undefined) throw new CertificateError("REQUEST_NO_ACCOUNT", { expected });
  // Addresses may be written with or without their checksum.
  if (actual.toLowerCase() !== expected.toLowerCase()) {
    throw new CertificateError("REQUEST_OTHER_ACCOUNT", { expected, actual });
  }
  return request;
}

async function isSigned(der: Uint8Array): Promise<boolean> {
  try {
    return await new Pkcs10CertificateRequest(Uint8Array.from(der)).verify();
  } catch {
    // A key or a signature of another kind than the algorithm names.
    return false;
  }
}

import { createHash } from "node:crypto";

import { p256 } from "@noble/curves/nist.js";
import { concat, dataSlice, getBytes, hexlify, id, toBeHex } from "ethers";

/** An issuer's P-256 key, and the forms in which contracts name it. */
export type P256Key = {
  readonly secret: Uint8Array;
  readonly x: string;
  readonly y: string;
  /** SubjectPublicKeyInfo. */
  readonly spki: string;
  readonly keyHash: string;
};

/** Half the order of P-256: the largest s that the ledger takes. */
export const HALF_ORDER = p256.Point.CURVE().n >> 1n;
export const ORDER = p256.Point.CURVE().n;

export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
} as const;

/** ecdsa-with-SHA256. */
export const ECDSA_SHA256 = "0x300a06082a8648ce3d040302";
/** ecdsa-with-SHA384. */
export const ECDSA_SHA384 = "0x300a06082a8648ce3d040303";
/** sha256WithRSAEncryption, as long as the algorithm above. */
export const RSA_SHA256 = "0x300d06092a864886f70d01010b0500";

const P256_PREFIX = "0x3059301306072a8648ce3d020106082a8648ce3d03010703420004";

export const sha256 = (bytes: string): string => hexlify(createHash("sha256").update(getBytes(bytes)).digest());

/** A key that is the same in every run. */
export function p256Key(name: string): P256Key {
  return keyOf(getBytes(id(name)));
}

function keyOf(secret: Uint8Array): P256Key {
  const { x, y } = p256.Point.fromBytes(p256.getPublicKey(secret)).toAffine();
  const spki = concat([P256_PREFIX, toBeHex(x, 32), toBeHex(y, 32)]);
  return { secret, x: toBeHex(x, 32), y: toBeHex(y, 32), spki, keyHash: sha256(spki) };
}

/** An element in DER, its length in the shortest form. */
export function element(tag: number, ...content: readonly string[]): string {
  const bytes = concat([...content]);
  return concat([toBeHex(tag, 1), lengthOf((bytes.length - 2) / 2), bytes]);
}

function lengthOf(length: number): string {
  if (length < 0x80) return toBeHex(length, 1);
  return length < 0x100 ? concat(["0x81", toBeHex(length, 1)]) : concat(["0x82", toBeHex(length, 2)]);
}

/** A positive number in DER. */
export function integer(value: bigint): string {
  const bytes = toBeHex(value);
  return element(TAG.integer, value === 0n || Number.parseInt(bytes.slice(2, 4), 16) >= 0x80 ? "0x00" : "0x", bytes);
}

/** A text as bytes. */
export const ascii = (text: string): string => hexlify(new TextEncoder().encode(text));

/** A time as RFC 5280 writes it: UTCTime through 2049, GeneralizedTime from 2050 on. */
export function timeElement(seconds: bigint): string {
  const text = new Date(Number(seconds) * 1_000).toISOString().replaceAll(/[-:T]|\.\d+/gu, "");
  return Number(text.slice(0, 4)) < 2050
    ? element(TAG.utcTime, ascii(text.slice(2)))
    : element(TAG.generalizedTime, ascii(text));
}

/** A name of one common name. */
export function nameElement(commonName: string): string {
  const attribute = element(TAG.sequence, "0x0603550403", element(0x0c, ascii(commonName)));
  return element(TAG.sequence, element(0x31, attribute));
}

/** The parts of a certificate, each a whole element, in their order. */
export type Parts = {
  readonly version: string;
  readonly serial: string;
  readonly tbsAlgorithm: string;
  readonly issuer: string;
  readonly validity: string;
  readonly subject: string;
  readonly subjectKey: string;
  readonly rest: string;
};

/** What stands around the to-be-signed bytes, where it is not as it should be. */
export type Frame = {
  readonly algorithm?: string;
  /** The signature's element, made of r and s. */
  readonly signature?: (r: bigint, s: bigint) => string;
  /** All of it, made of the to-be-signed bytes, the algorithm and the signature. */
  readonly whole?: (tbs: string, algorithm: string, signature: string) => string;
  readonly tbs?: (parts: readonly string[]) => string;
};

export type Certificate = {
  readonly der: string;
  readonly contentHash: string;
  readonly tbsHash: string;
  readonly serial: bigint;
  /** Where each part begins. */
  readonly offsets: Readonly<Record<keyof Parts | "algorithm" | "signature", number>>;
};

export type Validity = { readonly notBefore: bigint; readonly notAfter: bigint };

export const SERIAL = 0x5eed_0000_0000_0000_0000_0000_0000_0000_0000_0001n;

/** The parts of a sound certificate. The names fill it up to the size that is wanted. */
export function partsOf(subjectKey: string, { notBefore, notAfter }: Validity, nameLength = 20): Parts {
  return {
    version: "0xa003020102",
    serial: integer(SERIAL),
    tbsAlgorithm: ECDSA_SHA256,
    issuer: nameElement("i".repeat(nameLength)),
    validity: element(TAG.sequence, timeElement(notBefore), timeElement(notAfter)),
    subject: nameElement("s".repeat(nameLength)),
    subjectKey,
    // basicConstraints, critical, not a CA.
    rest: element(0xa3, element(TAG.sequence, element(TAG.sequence, "0x0603551d130101ff0402", "0x3000"))),
  };
}

export const signatureElement = (r: bigint, s: bigint): string =>
  element(TAG.bitString, "0x00", element(TAG.sequence, integer(r), integer(s)));

/** Signs the parts: with a low s, unless the frame says otherwise. */
export function certify(parts: Parts, issuer: P256Key, frame: Frame = {}): Certificate {
  const list = Object.values(parts);
  const tbs = (frame.tbs ?? ((each) => element(TAG.sequence, ...each)))(list);
  const signed = p256.sign(getBytes(tbs), issuer.secret, { lowS: true });
  const { r, s } = p256.Signature.fromBytes(signed);
  const algorithm = frame.algorithm ?? ECDSA_SHA256;
  const signature = (frame.signature ?? signatureElement)(r, s);
  const der = (frame.whole ?? ((...each) => element(TAG.sequence, ...each)))(tbs, algorithm, signature);
  const lengths = list.map((part) => (part.length - 2) / 2);
  const start = headLength(der) + headLength(tbs);
  const tbsEnd = headLength(der) + (tbs.length - 2) / 2;
  const offsets = Object.fromEntries([
    ...Object.keys(parts).map((name, i) => [name, start + lengths.slice(0, i).reduce((sum, each) => sum + each, 0)]),
    ["algorithm", tbsEnd],
    ["signature", tbsEnd + (algorithm.length - 2) / 2],
  ]) as Certificate["offsets"];
  return { der, contentHash: sha256(der), tbsHash: sha256(tbs), serial: SERIAL, offsets };
}

/** The same to-be-signed bytes under another signature of the same issuer's. */
export function signedAgain({ der, offsets, ...rest }: Certificate, issuer: P256Key): Certificate {
  const tbs = dataSlice(der, headLength(der), offsets.algorithm);
  const signed = p256.sign(getBytes(tbs), issuer.secret, { lowS: true, extraEntropy: getBytes(id("again")) });
  const { r, s } = p256.Signature.fromBytes(signed);
  const again = element(TAG.sequence, tbs, ECDSA_SHA256, signatureElement(r, s));
  return { ...rest, der: again, offsets, contentHash: sha256(again) };
}

/** A key under which the hash has a signature with this s, and that signature's r. */
export function keyOfSignature(hash: string, s: bigint): { readonly key: P256Key; readonly r: bigint } {
  const { Fn } = p256.Point;
  const nonce = BigInt(id("nonce")) % ORDER;
  const r = p256.Point.BASE.multiply(nonce).toAffine().x % ORDER;
  const secret = Fn.div(Fn.sub(Fn.mul(s, nonce), BigInt(hash) % ORDER), r);
  return { key: keyOf(getBytes(toBeHex(secret, 32))), r };
}

/** How many bytes tag and length take. */
export function headLength(bytes: string): number {
  const first = Number.parseInt(bytes.slice(4, 6), 16);
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}

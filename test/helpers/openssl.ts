import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ScriptError } from "../../scripts/support/ScriptError.js";
import { party } from "./x509.js";

/** Kinds of keys, what OpenSSL makes them with, and the signatures that come of it. */
export const opensslKinds = [
  ["RSA", ["-newkey", "rsa:2048"], "RSA-SHA256"],
  ["P-256", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "ECDSA-SHA256"],
  ["P-384", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-sha384"], "ECDSA-SHA384"],
  ["Ed25519", ["-newkey", "ed25519"], "Ed25519"],
  ["RSA-PSS", ["-newkey", "rsa:2048", "-sigopt", "rsa_padding_mode:pss"], "RSA-PSS"],
] as const;

/** Certificates from the root down, and whether `openssl verify` takes the last one by the first. */
export type VerifiedChain = { readonly certificates: readonly string[]; readonly accepted: boolean };

/** What OpenSSL makes, as PEM. */
export type MadeByOpenssl = {
  readonly certificates: Readonly<Record<string, string>>;
  readonly request: string;
  /** By the extensions of their certificates, from the root down. */
  readonly chains: Readonly<Record<string, VerifiedChain>>;
};

/** What it made once, which every machine can read: `npm run generate:openssl`. */
const once = JSON.parse(readFileSync(new URL("../../vectors/openssl.json", import.meta.url), "utf8")) as MadeByOpenssl;

const found = spawnSync("openssl", ["version"], { encoding: "utf8" });
/** What `openssl version` says, or `undefined` where the machine has none. */
export const opensslVersion = found.status === 0 ? found.stdout.trim() : undefined;

/** Runs OpenSSL in a folder of its own, which goes when the work is done. Whatever fails there throws. */
export function withOpenssl<T>(work: (run: (...args: readonly string[]) => string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-openssl-"));
  try {
    return work((...args) => {
      const { status, stdout, stderr } = spawnSync("openssl", args, { cwd: folder, encoding: "utf8" });
      if (status !== 0) throw new ScriptError("OpensslFailed", `openssl ${args.join(" ")}: ${stderr}`);
      return stdout;
    }, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const NAMES =
  "subjectAltName=DNS:a.example,DNS:*.b.example,IP:192.0.2.1,IP:2001:db8::1,URI:urn:x:1,email:a@b.example,otherName:1.2.3.4;UTF8:z";

/** A certificate that signs itself, by a key of this kind. */
export function makeCertificate(options: readonly string[]): string {
  return withOpenssl((run, folder) => {
    const subject = ["-subj", "/C=DE/O=Exämple/CN=node 7", "-utf8", "-addext", NAMES, "-days", "30"];
    run("req", "-x509", "-nodes", "-keyout", "k", "-out", "c", ...options, ...subject);
    return readFileSync(join(folder, "c"), "utf8");
  });
}

/** A request in the name of {@link party}. */
export function makeRequest(): string {
  return withOpenssl((run, folder) => {
    const account = `eip155:${party.chainId}:${party.applicant}`;
    const config = `[req]\nprompt=no\ndistinguished_name=n\nattributes=a\n[n]\nCN=node 7\n[a]\nchallengePassword=${account}\n`;
    writeFileSync(join(folder, "cnf"), config);
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "k"];
    run("req", "-new", "-config", "cnf", ...key, "-out", "q");
    return readFileSync(join(folder, "q"), "utf8");
  });
}

/** A chain whose certificates have these extensions, from the root down, and what OpenSSL says of its end. */
export function makeChain(extensions: readonly string[]): VerifiedChain {
  return withOpenssl((run, folder) => {
    const certificates = extensions.map((own, i) => {
      const name = i === 0 ? "/CN=root" : i < extensions.length - 1 ? "/CN=middle" : "/CN=www.example.net";
      writeFileSync(join(folder, "extensions"), `${own}\n`);
      run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", `${i}.key`);
      run("req", "-new", "-key", `${i}.key`, "-subj", name, "-out", "request");
      const signer = i === 0 ? ["-signkey", "0.key"] : ["-CA", `${i - 1}.pem`, "-CAkey", `${i - 1}.key`];
      const serial = i === 0 ? [] : ["-set_serial", "7"];
      const files = ["-in", "request", "-extfile", "extensions", "-out", `${i}.pem`];
      run("x509", "-req", ...files, ...signer, ...serial, "-days", "2");
      return readFileSync(join(folder, `${i}.pem`), "utf8");
    });
    writeFileSync(join(folder, "between.pem"), certificates.slice(1, -1).join(""));
    const between = certificates.length > 2 ? ["-untrusted", "between.pem"] : [];
    const options = ["verify", "-CAfile", "0.pem", ...between, `${certificates.length - 1}.pem`];
    return { certificates, accepted: spawnSync("openssl", options, { cwd: folder }).status === 0 };
  });
}

/** What OpenSSL made once and, where the machine has it, what it makes now: a test holds for each. */
function onceAndNow<T>(recorded: T | undefined, make: () => T): readonly T[] {
  if (recorded === undefined) {
    throw new ScriptError("VectorMissing", "vectors/openssl.json lacks it: run `npm run generate:openssl`.");
  }
  return opensslVersion === undefined ? [recorded] : [recorded, make()];
}

export const certificatesByOpenssl = (kind: string, options: readonly string[]): readonly string[] =>
  onceAndNow(once.certificates[kind], () => makeCertificate(options));
export const requestsByOpenssl = (): readonly string[] => onceAndNow(once.request, makeRequest);
export const chainsByOpenssl = (extensions: readonly string[]): readonly VerifiedChain[] =>
  onceAndNow(once.chains[extensions.join("\n\n")], () => makeChain(extensions));

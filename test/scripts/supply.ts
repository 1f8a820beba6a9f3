import { createHash } from "node:crypto";

import { expect } from "chai";

import type { Lock, LockEntry, Manifest } from "../../scripts/checks/supply/checkLock.js";
import { checkInstalled, checkLock } from "../../scripts/checks/supply/checkLock.js";
import { checkLicences } from "../../scripts/checks/supply/licences.js";
import { scanSecrets } from "../../scripts/checks/supply/scanSecrets.js";

const ENTRY: LockEntry = { version: "1.0.0", integrity: "sha512-x", license: "MIT" };

/** A tree with one dependency, which the parameters change. */
function findings(entry: Partial<LockEntry>, manifest: Manifest = {}, more: Record<string, LockEntry> = {}): string[] {
  const root = { dependencies: { a: "1.0.0" }, ...manifest };
  const lock: Lock = {
    lockfileVersion: 3,
    packages: { "": root, "node_modules/a": { ...ENTRY, ...entry }, ...more },
  };
  return checkLock(lock, { "": root }).map(({ problem }) => problem);
}

/** Neither key nor word stands here as such: the scan reads this file too. */
const KEY = createHash("sha256").update("a test of the scan").digest("hex");
const PHRASE = [..."abandon ".repeat(11).trim().split(" "), "about"];

const secrets = (text: string, path = "scripts/a.ts"): string[] =>
  scanSecrets(path, text).map(({ problem }) => problem);

describe("supply chain", () => {
  describe("checkLock", () => {
    it("finds nothing in a lock file that keeps the rules", () => {
      expect(findings({})).to.deep.equal([]);
    });

    const FAULTS: readonly (readonly [string, Partial<LockEntry>, RegExp])[] = [
      ["from git", { resolved: "git+ssh://git@example.org/a.git#1" }, /not from the registry/u],
      ["from an address", { resolved: "https://example.org/a.tgz" }, /not from the registry/u],
      ["without integrity", { integrity: "" }, /no SHA-512/u],
      ["with a weak hash", { integrity: "sha1-x" }, /no SHA-512/u],
      ["without an exact version", { version: "^1.0.0" }, /no exact version/u],
      ["that runs a script at install", { hasInstallScript: true }, /runs a script at install/u],
      ["that links elsewhere", { link: true, resolved: "../a" }, /no workspace/u],
    ];
    for (const [what, entry, problem] of FAULTS) {
      it(`finds a package ${what}`, () => {
        expect(findings(entry).join("\n")).to.match(problem);
      });
    }

    it("takes a script at install that was decided about", () => {
      expect(findings({ hasInstallScript: true }, { allowScripts: { a: false } })).to.deep.equal([]);
    });

    it("finds a decision about a package that runs nothing", () => {
      expect(findings({}, { allowScripts: { a: false } }).join()).to.match(/runs nothing at install/u);
    });

    for (const version of ["^1.0.0", "~1.0.0", "*", "latest", "git+https://example.org/a.git", "file:../a"]) {
      it(`finds a manifest that asks for ${version}`, () => {
        expect(findings({}, { dependencies: { a: version } }).join()).to.match(/which is no exact version/u);
      });
    }

    it("finds a manifest that asks for another version than is locked, or for what is not locked", () => {
      expect(findings({}, { dependencies: { a: "1.0.1" } }).join()).to.match(/locked is 1\.0\.0/u);
      expect(findings({}, { dependencies: { b: "1.0.0" } }).join()).to.match(/asks for b, which is not locked/u);
    });

    it("finds a folder that is no workspace", () => {
      expect(findings({}, {}, { other: ENTRY }).join()).to.match(/is a folder that is no workspace/u);
    });
  });

  it("finds what is installed and not what is locked", () => {
    const lock: Lock = { lockfileVersion: 3, packages: { "node_modules/a": ENTRY } };
    const other: Lock = { lockfileVersion: 3, packages: { "node_modules/a": { ...ENTRY, integrity: "sha512-y" } } };
    expect(checkInstalled(lock, lock)).to.deep.equal([]);
    expect(checkInstalled(lock, other)).to.have.lengthOf(1);
  });

  it("finds a licence that is not on the list", () => {
    const of = (license: string) =>
      checkLicences({ lockfileVersion: 3, packages: { "node_modules/a": { ...ENTRY, license } } });
    expect(of("MIT")).to.deep.equal([]);
    expect(of("GPL-3.0-only OR MIT")).to.deep.equal([]);
    expect(of("GPL-3.0-only")).to.have.lengthOf(1);
    expect(of("MIT AND GPL-3.0-only")).to.have.lengthOf(1);
    expect(of("")).to.have.lengthOf(1);
  });

  describe("scanSecrets", () => {
    const TEXTS: readonly (readonly [string, string, string, RegExp])[] = [
      ["a raw key in TypeScript", "scripts/a.ts", `const key = "${KEY}";`, /32-byte word/u],
      ["a raw key with 0x", "scripts/a.ts", `const key = "0x${KEY}";`, /32-byte word/u],
      ["a raw key in capitals", "scripts/a.ts", `0x${KEY.toUpperCase()}`, /32-byte word/u],
      ["a raw key in JSON", "scripts/a.json", `{ "key": "0x${KEY}" }`, /32-byte word/u],
      ["a raw key in YAML", ".github/a.yaml", `key: ${KEY}`, /32-byte word/u],
      ["a raw key in a shell's environment", "a.sh", `export KEY=${KEY}`, /32-byte word/u],
      ["an environment file", ".env", "A=1", /environment file/u],
      ["an environment file of a folder", "sdk/.env.production", "A=1", /environment file/u],
      ["a mnemonic phrase", "a.md", PHRASE.join(" "), /mnemonic/u],
      ["a mnemonic phrase as a list", "a.ts", `[${PHRASE.map((word) => `"${word}"`).join(", ")}]`, /mnemonic/u],
      ["a mnemonic phrase in YAML", "a.yaml", PHRASE.map((word) => `- ${word}\n`).join(""), /mnemonic/u],
      ["a PEM key", "a.pem", ["-----BEGIN", "PRIVATE KEY-----"].join(" "), /PEM/u],
      ["an encrypted PEM key", "a.pem", ["-----BEGIN", "ENCRYPTED PRIVATE KEY-----"].join(" "), /PEM/u],
      ["an npm token", ".npmrc", ["//registry/:_auth", "Token=abc"].join(""), /npm token/u],
      ["a GitHub token", "a.md", `ghp_${"a1B2".repeat(9)}`, /GitHub token/u],
      ["an AWS key", "a.md", `AKIA${"A1B2".repeat(4)}`, /AWS key/u],
      ["a keystore", "a.json", `{"ciphertext": "${KEY}", "kdf": "scrypt"}`, /keystore/u],
      ["a node's URL", "a.md", `https://eth.alchemy.com/v2/${"a1B2c3".repeat(5)}`, /node's URL/u],
    ];
    for (const [what, path, text, problem] of TEXTS) {
      it(`finds ${what}`, () => {
        expect(secrets(text, path).join("\n")).to.match(problem);
      });
    }

    it("names the line", () => {
      expect(scanSecrets("a.ts", `\n\n"${KEY}"`)[0]?.place).to.equal("a.ts:3");
    });

    it("passes what everybody knows", () => {
      expect(secrets(`${"test ".repeat(11)}junk`)).to.deep.equal([]);
      expect(secrets(`0x${"11".repeat(32)}`)).to.deep.equal([]);
      expect(secrets(`0x${"0".repeat(40)}${"ab".repeat(12)}`)).to.deep.equal([]);
      expect(secrets(`0x${KEY}`, "vectors/a.json")).to.deep.equal([]);
    });

    it("passes what is longer or shorter than a key", () => {
      expect(secrets(`0x${KEY}ab`)).to.deep.equal([]);
      expect(secrets(`0x${KEY.slice(2)}`)).to.deep.equal([]);
    });
  });
});

import { wordlists } from "ethers";

import type { Finding } from "./Finding.js";

/** Where 32-byte words are expected, and why none of them is a secret. */
const PUBLIC_PATHS: readonly (readonly [RegExp, string])[] = [
  [/^vectors\//u, "golden vectors: their keys are published on purpose"],
  [/^deployments\//u, "deployment records: hashes of code and transactions"],
  [/^ignition\/deployments\//u, "deployment records: hashes of code and transactions"],
  [/^typechain-types\//u, "generated from the ABIs: hashes of topics"],
  [/^sdk\/src\/generated\//u, "generated from the ABIs: hashes of topics"],
  [/^docs\/errors\.md$/u, "generated from the ABIs"],
];

/** Words that everybody knows, wherever they stand. */
const PUBLIC_WORDS: ReadonlySet<string> = new Set([
  "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", // secp256k1: the field
  "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", // secp256k1: the order
  "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", // secp256k1: half the order
  "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", // secp256k1: the generator's x
  "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", // secp256k1: the generator's y
  "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", // P-256: the order
  "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8", // P-256: half the order
  "3937fc8c9060bb6ba1f241d1574942fa91762be3a3ef0988a210ae728eca8770", // P-256: x of 0x155 times the generator, of tests
  "8b8c2e835e9afdc96fc17e08d894925e3d8e280422983075a3882820b3be4a65", // P-256: its y
  "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6", // P-256: x of the public key of RFC 6979, A.2.5
  "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299", // P-256: its y
  "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716", // P-256: r of its signature of "sample"
  "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8", // P-256: s of it
  "d73fead3cbc860438f56f4d1723677499cdef212d0f8890241748d2d5afc1c5f", // the compiler as published
  "221d7a667378b5068d913e75fe092507e061363cd1d23b64c49ae82febabad4c", // the compiler as packaged
  "bd8a7ea8cfca7b4e5f5041d7d4b17bc317c5ce42cfbc42066a00cf26b43eb53f", // the code of CreateX, the factory
  "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", // the first development key of every local chain
]);

/** The phrase of every local chain's accounts. */
const PUBLIC_PHRASE = /\b(?:test ){11}junk\b/gu;

const SHAPES: readonly (readonly [string, RegExp])[] = [
  ["a PEM private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/u],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b|:_authToken\s*=\s*[^\s$]/u],
  ["a GitHub token", /\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{40,}\b/u],
  ["an AWS key", /\bAKIA[0-9A-Z]{16}\b/u],
  ["a keystore", /"ciphertext"\s*:\s*"[0-9a-f]{32,}"[\s\S]{0,400}"kdf"/u],
  [
    "a node's URL with its key",
    /https?:\/\/[\w.-]*(?:alchemy\.com|infura\.io|quiknode\.pro)\/[\w/-]*[A-Za-z0-9_-]{20,}/u,
  ],
];

const WORD = /(?<![0-9A-Za-z])(?:0x)?([0-9a-fA-F]{64})(?![0-9A-Za-z])/gu;
const MNEMONIC_LENGTH = 12;

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

/** Whether the text holds as many words of the BIP-39 list in a row as the shortest phrase has. */
function mnemonicAt(text: string): number | undefined {
  const list = wordlists.en;
  let run = 0;
  let previousEnd = -1;
  for (const match of text.matchAll(/[a-z]+/gu)) {
    const adjacent = previousEnd >= 0 && /^[\s",'-]+$/u.test(text.slice(previousEnd, match.index));
    const known = (list?.getWordIndex(match[0]) ?? -1) >= 0;
    run = known ? (adjacent ? run + 1 : 1) : 0;
    previousEnd = match.index + match[0].length;
    if (run >= MNEMONIC_LENGTH) return match.index;
  }
  return undefined;
}

/** What looks like a secret in a tracked file. Any 32-byte word may be a key, so each must be known to be none. */
export function scanSecrets(path: string, text: string): Finding[] {
  const findings: Finding[] = [];
  const find = (index: number, problem: string): void =>
    void findings.push({ place: `${path}:${lineOf(text, index)}`, problem });

  if (/(?:^|\/)\.env(?:\.|$)/u.test(path)) find(0, "is an environment file, which belongs to one machine");
  for (const [name, shape] of SHAPES) {
    const match = shape.exec(text);
    if (match !== null) find(match.index, `looks like ${name}`);
  }
  const mnemonic = mnemonicAt(text.replaceAll(PUBLIC_PHRASE, ""));
  if (mnemonic !== undefined) find(mnemonic, "looks like a mnemonic phrase");
  if (!PUBLIC_PATHS.some(([pattern]) => pattern.test(path))) {
    for (const match of text.matchAll(WORD)) {
      const word = (match[1] ?? "").toLowerCase();
      if (PUBLIC_WORDS.has(word) || isPattern(word)) continue;
      find(match.index, "is a 32-byte word, as a private key is; derive it, or name it in scanSecrets.ts");
    }
  }
  return findings;
}

/** A word of one repeated byte is typed by hand, not drawn. */
function isPattern(word: string): boolean {
  return word.replaceAll(word.slice(0, 2), "") === "" || /^0{40,}/u.test(word) || /0{40,}$/u.test(word);
}

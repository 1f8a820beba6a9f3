import { writeFile } from "node:fs/promises";

import { Command, Option } from "commander";

import {
  createKeyPair,
  createSigningRequest,
  exportPrivateKey,
  type KeyAlgorithm,
  keyAlgorithms,
  toPem,
} from "../../../sdk/src/certificates/index.js";
import { addressOption } from "../addressOption.js";
import type { CommandContext } from "../CommandContext.js";
import { positiveOption } from "../positiveOption.js";
import { writeFields } from "../writeFields.js";
import { writeJson } from "../writeJson.js";

type Options = {
  readonly applicant: string;
  readonly chain: number;
  readonly name: string;
  readonly dns?: readonly string[];
  readonly ip?: readonly string[];
  readonly algorithm: KeyAlgorithm;
  readonly keyOut: string;
  readonly out: string;
  readonly json?: boolean;
};

/** Only the owner may read a key. */
const OWNER_ALONE = 0o600;

/** `guildhall certificates request`. */
export function requestCommand({ terminal }: CommandContext): Command {
  return new Command("request")
    .description("Make a key and a signing request (PKCS#10) that proves possession of it. Needs no chain.")
    .requiredOption("--applicant <address>", "the account that applies, named in the request", addressOption)
    .requiredOption("--chain <id>", "the id of the ledger's chain", positiveOption)
    .requiredOption("--name <text>", "the subject's common name")
    .option("--dns <name...>", "DNS names")
    .option("--ip <address...>", "IP addresses")
    .addOption(new Option("--algorithm <name>", "the key's kind").choices(keyAlgorithms).default("P-256"))
    .requiredOption("--key-out <file>", "where to write the private key (PKCS#8 in PEM); no file may be there")
    .requiredOption("--out <file>", "where to write the request (PEM)")
    .option("--json", "print JSON")
    .action(async ({ applicant, chain, name, dns = [], ip = [], algorithm, keyOut, out, json = false }: Options) => {
      const key = await createKeyPair(algorithm);
      const request = await createSigningRequest({
        ...{ key, subject: { commonName: name }, names: { dns, ip } },
        ...{ chainId: BigInt(chain), applicant },
      });
      await writeFile(keyOut, await exportPrivateKey(key), { mode: OWNER_ALONE, flag: "wx" });
      await writeFile(out, toPem(request.der, "CERTIFICATE REQUEST"));
      const { possessionHash } = request;
      const told = { subjectKeyHash: request.key.keyHash, possessionHash, key: keyOut, request: out };
      if (json) writeJson(terminal, told);
      else writeFields(terminal, told);
    });
}

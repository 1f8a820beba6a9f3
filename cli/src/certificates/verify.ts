import { readFile } from "node:fs/promises";

import { Command } from "commander";

import { bytes32Option } from "../bytes32Option.js";
import type { ChainOptions } from "../chain/ChainOptions.js";
import { withChainOptions } from "../chain/withChainOptions.js";
import { withHall } from "../chain/withHall.js";
import type { CommandContext } from "../CommandContext.js";
import { EXIT_CODES } from "../ExitCode.js";
import { positiveOption } from "../positiveOption.js";
import { writeFields } from "../writeFields.js";
import { writeJson } from "../writeJson.js";

type Options = ChainOptions & {
  readonly committee: string;
  readonly issuer?: string;
  readonly at?: number;
  readonly json?: boolean;
};

/** `guildhall certificates verify`. */
export function verifyCommand({ terminal, end }: CommandContext): Command {
  const command = new Command("verify")
    .description(
      "Verify a certificate: what is written in it, and its state on chain. Ends with 1 where it is not valid.",
    )
    .argument("<certificate>", "the certificate (PEM or DER)")
    .requiredOption("--committee <id>", "the authentication centres that are trusted", bytes32Option)
    .option("--issuer <file>", "the issuer's certificate (PEM or DER): its signature is checked here, too")
    .option("--at <time>", "a time in Unix seconds; now unless given", positiveOption);
  return withChainOptions(command)
    .option("--json", "print JSON")
    .action(async (file: string, { committee: committeeId, issuer, at, json = false, ...options }: Options) => {
      const certificate = await readFile(file);
      const given = {
        ...(issuer === undefined ? {} : { issuer: await readFile(issuer) }),
        ...(at === undefined ? {} : { at }),
      };
      await withHall(options, async ({ certificates }) => {
        const report = await certificates.verify(certificate, { committeeId, ...given });
        const { valid, verdict, certificateId, reasons, state, signatureChecked, successors } = report;
        if (json) {
          writeJson(terminal, { valid, verdict, certificateId, reasons, state, signatureChecked, successors });
        } else {
          writeFields(terminal, { valid, verdict, certificateId, signatureChecked });
          terminal.out(reasons.map(({ code, what }) => `${code}: ${what}\n`).join(""));
          terminal.out(successors.map((each) => `successor ${each.certificateId}: ${each.verdict}\n`).join(""));
        }
        if (!valid) end(EXIT_CODES.failed);
      });
    });
}

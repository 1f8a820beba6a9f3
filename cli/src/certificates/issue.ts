import { readFile } from "node:fs/promises";

import { Command } from "commander";

import { applicationCodec, parseDocument } from "../../../sdk/src/index.js";
import type { ChainOptions, KeyOptions } from "../chain/ChainOptions.js";
import { withChainOptions } from "../chain/withChainOptions.js";
import { withSigner } from "../chain/withHall.js";
import { withKeyOptions } from "../chain/withKeyOptions.js";
import type { CommandContext } from "../CommandContext.js";
import { optionError } from "../optionError.js";
import { uint32Option } from "../uint32Option.js";
import { writeFields } from "../writeFields.js";
import { writeJson } from "../writeJson.js";

type Options = ChainOptions &
  KeyOptions & {
    readonly application: string;
    readonly issuer?: string;
    readonly approval?: string;
    readonly epoch?: number;
    readonly json?: boolean;
  };

/** `guildhall certificates issue`. */
export function issueCommand({ terminal }: CommandContext): Command {
  const command = new Command("issue")
    .description("Put a certificate on chain that the centres approved.")
    .argument("<certificate>", "the signed certificate (PEM or DER)")
    .requiredOption("--application <file>", "the application, as a document of the SDK")
    .option("--issuer <file>", "the centre's certificate (PEM or DER), where its key is P-256")
    .option("--approval <file>", "the committee's approval in hex; without it results must have been counted")
    .option("--epoch <number>", "the committee's epoch of the approval", uint32Option);
  return withKeyOptions(withChainOptions(command))
    .option("--json", "print JSON")
    .action(async (file: string, options: Options) => {
      const { application: path, issuer, approval, epoch, json = false } = options;
      if ((approval === undefined) !== (epoch === undefined)) {
        throw optionError(
          "An approval and its epoch belong together.",
          "Give both --approval and --epoch, or neither.",
        );
      }
      const certificate = await readFile(file);
      const { application } = parseDocument(await readFile(path, "utf8"), [applicationCodec]).body;
      const approved =
        approval === undefined || epoch === undefined
          ? {}
          : { approved: { epoch, approval: (await readFile(approval, "utf8")).trim() } };
      const by = issuer === undefined ? {} : { issuer: await readFile(issuer) };
      await withSigner(options, terminal, async ({ certificates }) => {
        const issued = await (await certificates.issue({ application, certificate, ...by, ...approved })).wait();
        if (json) writeJson(terminal, issued);
        else writeFields(terminal, issued);
      });
    });
}

import { Command, Option } from "commander";

import { reasonCode, type RequestParty, type RevocationReason, revocationReasons } from "../../../sdk/src/index.js";
import { bytes32Option } from "../bytes32Option.js";
import type { ChainOptions, KeyOptions } from "../chain/ChainOptions.js";
import { withChainOptions } from "../chain/withChainOptions.js";
import { withSigner } from "../chain/withHall.js";
import { withKeyOptions } from "../chain/withKeyOptions.js";
import type { CommandContext } from "../CommandContext.js";
import { writeFields } from "../writeFields.js";
import { writeJson } from "../writeJson.js";

type Options = ChainOptions &
  KeyOptions & {
    readonly holderOf?: string;
    readonly reason?: RevocationReason;
    readonly successor?: string;
    readonly json?: boolean;
  };

const MOVES = {
  freeze: "Hold a certificate back: by its centre for seven days, by its holder until it is undone.",
  unfreeze: "Undo one's own freeze.",
  revoke: "Withdraw a certificate, for good.",
  update: "Retire a certificate for the successor that the committee approved.",
} as const;

type MoveName = keyof typeof MOVES;

/** `guildhall certificates freeze`, `unfreeze`, `revoke` and `update`. */
export function moveCommands(context: CommandContext): readonly Command[] {
  return (Object.keys(MOVES) as MoveName[]).map((name) => moveCommand(name, context));
}

function moveCommand(name: MoveName, { terminal }: CommandContext): Command {
  const command = new Command(name)
    .description(`${MOVES[name]} The sender is the receiving centre, or the holder.`)
    .argument("<id>", "the certificate's id", bytes32Option)
    .option("--holder-of <key hash>", "ask as the holder, who names the hash of the certificate's key", bytes32Option);
  if (name === "freeze" || name === "revoke") {
    const reasons = revocationReasons.filter((reason) => reason !== undefined);
    command.addOption(new Option("--reason <name>", "why, by RFC 5280").choices(reasons));
  }
  if (name === "update") command.requiredOption("--successor <id>", "the certificate in its place", bytes32Option);
  return withKeyOptions(withChainOptions(command))
    .option("--json", "print JSON")
    .action((certificateId: string, { holderOf, reason, successor = "", json = false, ...options }: Options) =>
      withSigner(options, terminal, async ({ certificates }) => {
        const by: RequestParty = holderOf === undefined ? { as: "CENTRE" } : { as: "HOLDER", subjectKeyHash: holderOf };
        const what = { certificateId, by, ...(reason === undefined ? {} : { reason: reasonCode(reason) }) };
        const transaction = await (name === "update"
          ? certificates.update({ ...what, successorId: successor })
          : certificates[name](what));
        const moved = await transaction.wait();
        if (json) writeJson(terminal, moved);
        else writeFields(terminal, moved);
      }),
    );
}

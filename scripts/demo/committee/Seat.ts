import { join } from "node:path";

import { keccak256, toUtf8Bytes } from "ethers";

import type { FrostIdentity, FrostMember, FrostTransport, Patience } from "../../../sdk/src/index.js";
import { openFolderTransport } from "../../../sdk/src/node/index.js";
import type { Stage } from "../parties/Stage.js";

/** A member's place in the committee story: its stage, and what it needs for FROST. */
export class Seat {
  readonly stage: Stage;
  readonly identity: FrostIdentity;

  constructor(stage: Stage, identity: FrostIdentity) {
    this.stage = stage;
    this.identity = identity;
  }

  /** Members by name, as FROST knows them: by address, with their channel keys. */
  membersOf(names: readonly string[]): readonly FrostMember[] {
    return names.map((name) => {
      const { address, channelKey } = this.stage.person(name);
      return { id: address, channelKey };
    });
  }

  /** A session's id, the same for all who take part, and new in every run. */
  sessionOf(label: string): string {
    return keccak256(toUtf8Bytes(`${this.stage.setup.run} ${label}`));
  }

  /** The letters of one session, in a folder of its own. */
  transportOf(label: string, self: string, parties: readonly string[]): Promise<FrostTransport> {
    return openFolderTransport({ folder: join(this.stage.setup.mailbox, "frost", label), self, parties });
  }

  /** How long to wait in a round. */
  readonly patience: Patience = () => this.stage.patience();
}

import { certificateIdOf, type CertificateVerdict } from "../../../../sdk/src/index.js";
import { ScriptError } from "../../../support/ScriptError.js";
import type { Stage } from "../../parties/Stage.js";
import { DEVICE } from "../certificatePlan.js";
import type { Host, Refusal } from "./openHost.js";
import type { PolledVerdicts } from "./pollVerdicts.js";

/** The subjects of letters between the host and the device. */
export const HOST = "host";
export const POLLED = "polled";
export const REVOKE = "revoke";

/** Where the host listens, and by which certificate it is known: the content hash. */
export type HostLetter = { readonly port: number; readonly contentHash: string };

/** What the host has to serve devices with. */
export type HostSeatParameters = {
  readonly host: Host;
  readonly verdicts: PolledVerdicts;
  readonly committeeId: string;
};

/** The host's place in the stories: what it sees of the device, reported step by step. */
export class HostSeat {
  readonly stage: Stage;
  readonly #host: Host;
  readonly #verdicts: PolledVerdicts;
  readonly #committeeId: string;

  constructor(stage: Stage, { host, verdicts, committeeId }: HostSeatParameters) {
    this.stage = stage;
    this.#host = host;
    this.#verdicts = verdicts;
    this.#committeeId = committeeId;
  }

  /** Waits for a payment; gives the id of the certificate by which was paid, which must be the one that is expected. */
  async takePayment(story: string, step: string, expected?: string): Promise<string> {
    const contentHash = await this.stage.within("a payment", this.#host.payments.take());
    const certificateId = certificateIdOf({ committeeId: this.#committeeId, contentHash });
    if (expected !== undefined && certificateId !== expected) {
      throw new ScriptError("OtherCertificate", `was paid by certificate ${certificateId}; expected was ${expected}.`);
    }
    this.stage.did(story, step);
    return certificateId;
  }

  /** Waits for one whole poll, and tells the device. */
  async poll(): Promise<void> {
    await this.stage.within("a poll of the ledger", this.#verdicts.next());
    await this.stage.post(DEVICE, POLLED, "");
  }

  /** After a move: the next poll cuts the device's open connection, and no new one is let in. */
  async cutAndRefuse(story: string, verdict: CertificateVerdict): Promise<void> {
    const last = this.#verdicts.begun() + 1;
    const { poll } = await this.refuse(story, verdict, "cuts the device's open connection at the next poll");
    if (poll > last) {
      throw new ScriptError(
        "PolledInVain",
        `the connection was cut after poll ${poll} of the ledger; expected was ${last}.`,
      );
    }
    await this.poll();
    await this.refuse(story, verdict, "refuses a new connection of the device");
  }

  /** Waits until the device is refused, which must be for this verdict. */
  async refuse(story: string, verdict: CertificateVerdict, step: string): Promise<Refusal> {
    const refusal = await this.stage.within("that the device is refused", this.#host.refusals.take());
    const { error } = refusal;
    if (!("verdict" in error.args) || error.args.verdict !== verdict) {
      throw new ScriptError("OtherVerdict", `refused a device for another reason than ${verdict}: ${error.message}`);
    }
    await this.stage.refused(story, `${step}: ${verdict}`, () => Promise.reject(error));
    return refusal;
  }
}

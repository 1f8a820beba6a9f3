import { ScriptError } from "../../../support/ScriptError.js";
import type { Stage } from "../../parties/Stage.js";
import type { HeldCertificate } from "../applying/receiveCertificate.js";
import { HOST, type HostLetter, POLLED } from "./HostSeat.js";
import { AMOUNT, type Paid, payAt } from "./payAt.js";
import { type PolledVerdicts, pollVerdicts } from "./pollVerdicts.js";

/** The device's place in the stories: what it sees of the host, reported step by step. */
export class DeviceSeat {
  readonly stage: Stage;
  readonly #host: HostLetter;
  readonly #verdicts: PolledVerdicts;

  private constructor(stage: Stage, host: HostLetter, verdicts: PolledVerdicts) {
    this.stage = stage;
    this.#host = host;
    this.#verdicts = verdicts;
  }

  /** Waits until the host listens. */
  static async open(stage: Stage, committeeId: string): Promise<DeviceSeat> {
    const host = JSON.parse(await stage.receive(HOST, "where the host listens")) as HostLetter;
    return new DeviceSeat(stage, host, pollVerdicts(stage.hall, committeeId));
  }

  /** Pays; gives the connection, which stays open. */
  async pay(story: string, step: string, held: HeldCertificate): Promise<Paid> {
    const paid = await this.#tryToPay(held);
    if (paid?.answer !== `taken: ${AMOUNT}`) {
      const answer = paid?.answer ?? "no answer, and the end of the connection";
      throw new ScriptError("NotPaid", `"${step}" was to be done, and the host's answer was: ${answer}.`);
    }
    this.stage.did(story, step);
    return paid;
  }

  /** Waits until the open connection is cut. */
  async beCut(story: string, { closed }: Paid): Promise<void> {
    await this.stage.within("that its connection is cut", closed);
    this.stage.did(story, "finds its open connection cut");
  }

  /** Waits until the host has asked the ledger. */
  async polled(): Promise<void> {
    await this.stage.receive(POLLED, "that the host has asked the ledger");
  }

  /** Once the host has asked the ledger: tries to pay, which must come to nothing. */
  async beRefused(story: string, step: string, held: HeldCertificate): Promise<void> {
    await this.polled();
    if ((await this.#tryToPay(held)) !== undefined) {
      throw new ScriptError("LetIn", `"${step}" was to come to nothing, and the host took the payment.`);
    }
    this.stage.did(story, step);
  }

  close(): void {
    this.#verdicts.stop();
  }

  #tryToPay({ credentials }: HeldCertificate): Promise<Paid | undefined> {
    const { port, contentHash: host } = this.#host;
    return this.stage.within("an answer of the host", payAt({ port, host, credentials, verdicts: this.#verdicts }));
  }
}

import { join } from "node:path";

import type { ContractTransactionResponse } from "ethers";

import { ContractRevertError, type Guildhall, GuildhallError, type Transaction } from "../../../sdk/src/index.js";
import { ScriptError } from "../../support/ScriptError.js";
import { type FrostTransport } from "../../../sdk/src/index.js";
import { openFolderTransport } from "../../../sdk/src/node/index.js";
import type { FromParty, Person, Setup } from "./messages.js";
import type { SerialWallet } from "./SerialWallet.js";

/** How often a party looks at the chain's clock, in milliseconds. */
const CLOCK_INTERVAL = 200;

/** What a party is given to play its part with. */
export type StageParameters = {
  readonly name: string;
  readonly signer: SerialWallet;
  readonly hall: Guildhall;
  readonly setup: Setup;
  readonly say: (message: FromParty) => void;
  /** How many parts the party plays at the same time. */
  readonly parts: number;
};

/** What a party sees of the world: its own key, the chain, its letters, and what is public about the others. */
export class Stage {
  readonly name: string;
  readonly signer: SerialWallet;
  readonly hall: Guildhall;
  readonly setup: Setup;
  readonly #say: (message: FromParty) => void;
  #partsBeforeMoment: number;
  readonly #mail = new Map<string, Promise<FrostTransport>>();

  constructor({ name, signer, hall, setup, say, parts }: StageParameters) {
    this.name = name;
    this.signer = signer;
    this.hall = hall;
    this.setup = setup;
    this.#say = say;
    this.#partsBeforeMoment = parts;
  }

  /** How long to wait for another. */
  patience(): AbortSignal {
    return AbortSignal.timeout(this.setup.patience);
  }

  person(name: string): Person {
    const person = this.setup.people[name];
    if (person !== undefined) return person;
    throw new ScriptError("PersonUnknown", `${this.name} knows no ${name}. Name one of the cast.`, { name });
  }

  /** Sends a letter on a subject. */
  async post(to: string, subject: string, text: string): Promise<void> {
    await (await this.#mailOf(subject)).send(to, text);
  }

  /** Waits for a letter on a subject. */
  async receive(subject: string, what: string): Promise<string> {
    const text = await this.receiveWithin(subject, what, this.setup.patience);
    if (text !== undefined) return text;
    throw new ScriptError("NoLetter", `waited ${this.setup.patience / 1000} s in vain; it waits for this: ${what}.`, {
      subject,
    });
  }

  /** Waits so many milliseconds for a letter on a subject. */
  async receiveWithin(subject: string, what: string, milliseconds: number): Promise<string | undefined> {
    this.#say({ type: "waiting", for: what });
    return (await this.#mailOf(subject)).receive(AbortSignal.timeout(milliseconds));
  }

  /** Waits for something else than a letter. */
  async within<T>(what: string, awaited: Promise<T>): Promise<T> {
    this.#say({ type: "waiting", for: what });
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const waited = `waited ${this.setup.patience / 1000} s in vain; it waits for this: ${what}.`;
      reject(new ScriptError("NothingCame", waited, { what }));
    }, this.setup.patience);
    try {
      return await Promise.race([awaited, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Reports a step that needed no transaction. */
  did(story: string, step: string, detail?: string): void {
    this.#say({ type: "step", story, step, ...(detail === undefined ? {} : { detail }) });
  }

  /** Waits for a transaction's result and reports the step, with what there is to say of the result besides. */
  async sent<T>(
    story: string,
    step: string,
    sending: Promise<Transaction<T>>,
    detail?: (result: T) => string,
  ): Promise<T> {
    this.#say({ type: "waiting", for: `the transaction "${step}"` });
    const transaction = await sending;
    const result = await transaction.wait({ timeout: this.setup.patience });
    const said = detail === undefined ? {} : { detail: detail(result) };
    this.#say({ type: "step", story, step, hashes: [transaction.hash], ...said });
    return result;
  }

  /** As {@link sent}, for a call of another contract than the suite's. */
  async sentPlain(story: string, step: string, response: ContractTransactionResponse): Promise<void> {
    this.#say({ type: "waiting", for: `the transaction "${step}"` });
    await response.wait(1, this.setup.patience);
    this.#say({ type: "step", story, step, hashes: [response.hash] });
  }

  /**
   * Does work that takes as many transactions as it needs, and reports it as one step. Each time the work yields, the party
   * has shown that it lives.
   *
   * @param detail - What there is to say of the work once it is done
   */
  async worked<T>(
    story: string,
    step: string,
    work: AsyncIterable<T>,
    detail?: (parts: readonly T[]) => string,
  ): Promise<void> {
    const before = this.signer.sent.length;
    const parts: T[] = [];
    this.#say({ type: "waiting", for: `the transactions of "${step}"` });
    for await (const part of work) {
      parts.push(part);
      this.#say({ type: "waiting", for: `the transactions of "${step}" that follow` });
    }
    const said = detail === undefined ? {} : { detail: detail(parts) };
    this.#say({ type: "step", story, step, hashes: this.signer.sent.slice(before), ...said });
  }

  /** Tries what must be refused, and reports by which name it was. What is not refused fails the party. */
  async refused(story: string, step: string, attempt: () => Promise<unknown>): Promise<void> {
    let refusal: unknown;
    try {
      await attempt();
      refusal = new ScriptError("NotRefused", `"${step}" was to be refused, and was not.`, { story, step });
    } catch (error) {
      refusal = error;
    }
    if (refusal instanceof ContractRevertError) {
      this.#say({ type: "step", story, step, refusal: (refusal as ContractRevertError).name });
    } else if (refusal instanceof GuildhallError) {
      this.#say({ type: "step", story, step, refusal: (refusal as GuildhallError).code });
    } else {
      throw refusal;
    }
  }

  /**
   * Says that this part has done all that comes before the moment, and waits until a block has reached it. The party has
   * once all its parts have.
   */
  async untilMoment(): Promise<void> {
    this.#partsBeforeMoment -= 1;
    if (this.#partsBeforeMoment === 0) this.#readyFor("the rebate moment");
    await this.#reached(this.setup.moment);
  }

  /** As {@link untilMoment}, for one of several moments that the whole party waits for. */
  async until(moment: number, what: string): Promise<void> {
    this.#readyFor(what);
    await this.#reached(moment);
  }

  #readyFor(what: string): void {
    this.#say({ type: "waiting", for: what });
    this.#say({ type: "ready-for-moment" });
  }

  async #reached(moment: number): Promise<void> {
    // The latest block, not the pending one: what is only asked of the chain is answered on its state.
    while (((await this.hall.context.provider.getBlock("latest"))?.timestamp ?? 0) < moment) {
      await new Promise((resolve) => setTimeout(resolve, CLOCK_INTERVAL));
    }
  }

  /** A folder for each subject, in it a mailbox for each party. */
  #mailOf(subject: string): Promise<FrostTransport> {
    const found = this.#mail.get(subject);
    if (found !== undefined) return found;
    const folder = join(this.setup.mailbox, subject);
    const opened = openFolderTransport({ folder, self: this.name, parties: Object.keys(this.setup.people) });
    this.#mail.set(subject, opened);
    return opened;
  }
}

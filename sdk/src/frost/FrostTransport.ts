/**
 * Carries text messages between parties that may be separate processes.
 *
 * Nothing is trusted to it: messages are signed by their sender, and secret ones are sealed to their receiver, before
 * they reach the transport. It may drop, delay, repeat, reorder or invent messages; it can only make a protocol fail,
 * never make it leak or accept something false. Each party has its own transport.
 */
export type FrostTransport = {
  /** Hands a message to one party. Resolves once the transport has taken it. */
  readonly send: (to: string, message: string) => Promise<void>;
  /** Hands a message to every other party. */
  readonly broadcast: (message: string) => Promise<void>;
  /** The next message for this party; `undefined` once the signal has fired. */
  readonly receive: (signal: AbortSignal) => Promise<string | undefined>;
};

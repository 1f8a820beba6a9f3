import { GuildhallError } from "../core/errors/GuildhallError.js";

/** What a member did that stopped a protocol. Each fault names its members in `args.members`. */
export type FrostFault =
  | "FROST_BAD_CONFIRMATION"
  | "FROST_BAD_ECHO"
  | "FROST_BAD_MESSAGE"
  | "FROST_BAD_PROOF"
  | "FROST_BAD_SHARE"
  | "FROST_BAD_SIGNATURE_SHARE"
  | "FROST_EQUIVOCATION"
  | "FROST_MISSING_MESSAGE"
  | "FROST_OTHER_PARAMETERS";

/** The arguments of each error of the FROST protocols. None of them ever holds a secret. */
export type FrostErrorArgs = Readonly<
  Record<FrostFault, { readonly members: readonly string[]; readonly round: string }>
> & {
  readonly FROST_ABORTED: { readonly reporter: string; readonly fault: string; readonly members: readonly string[] };
  readonly FROST_CHANNEL_KEY: { readonly member: string };
  readonly FROST_DUPLICATE_MEMBER: { readonly member: string };
  readonly FROST_FORMAT: { readonly document: string; readonly reason: string };
  readonly FROST_GROUP_KEY_RANGE: { readonly x: bigint };
  readonly FROST_LENGTH: { readonly document: string; readonly expected: number; readonly actual: number };
  readonly FROST_NO_QUORUM: {
    readonly threshold: number;
    readonly available: number;
    readonly members: readonly string[];
  };
  readonly FROST_NONCE_REPEATED: { readonly nonceId: string };
  readonly FROST_NONCE_SPENT: { readonly nonceId: string };
  readonly FROST_NOT_ENOUGH_DEALERS: { readonly threshold: number; readonly dealers: number };
  readonly FROST_POINT: { readonly x: bigint; readonly y: bigint };
  readonly FROST_SHARE_DESTROYED: { readonly member: string };
  readonly FROST_SHARE_MISMATCH: { readonly member: string };
  readonly FROST_THRESHOLD: { readonly memberCount: number; readonly threshold: number };
  readonly FROST_UNKNOWN_MEMBER: { readonly member: string };
};

/** The code of an error of the FROST protocols. */
export type FrostErrorCode = keyof FrostErrorArgs;

type Sentences = readonly [what: string, advice: string];

const SENTENCES: { readonly [C in FrostErrorCode]: (args: FrostErrorArgs[C]) => Sentences } = {
  FROST_ABORTED: ({ reporter, fault, members }) => [
    `${reporter} stopped the run and reports ${fault} by ${list(members)}.`,
    "Settle with both who is at fault, then start a new session.",
  ],
  FROST_BAD_CONFIRMATION: ({ members, round }) => [
    `${list(members)} confirmed another group than this party's in ${round}.`,
    "Do not use the key; start a new session.",
  ],
  FROST_BAD_ECHO: ({ members, round }) => [
    `${list(members)} repeated in ${round} a message that its author never signed.`,
    "Start a new session without them.",
  ],
  FROST_BAD_MESSAGE: ({ members, round }) => [
    `${list(members)} signed a message for ${round} that has not the form of one.`,
    "Check that they run the same release.",
  ],
  FROST_BAD_PROOF: ({ members, round }) => [
    `${list(members)} did not prove in ${round} to know the secret behind their commitment.`,
    "Start a new session without them.",
  ],
  FROST_BAD_SHARE: ({ members, round }) => [
    `${list(members)} sent in ${round} a share that does not fit their commitment.`,
    "Start a new session without them.",
  ],
  FROST_BAD_SIGNATURE_SHARE: ({ members, round }) => [
    `${list(members)} sent in ${round} a signature share that does not verify.`,
    "Sign with a quorum without them.",
  ],
  FROST_CHANNEL_KEY: ({ member }) => [
    `The channel key of ${member} is no point of secp256k1, or does not belong to the secret key given.`,
    "Ask for the right key.",
  ],
  FROST_DUPLICATE_MEMBER: ({ member }) => [`${member} stands in the list twice.`, "List each member once."],
  FROST_EQUIVOCATION: ({ members, round }) => [
    `${list(members)} signed two different messages for ${round}.`,
    "Start a new session without them.",
  ],
  FROST_FORMAT: ({ document, reason }) => [`The ${document} cannot be read: ${reason}.`, "Ask for it again."],
  FROST_GROUP_KEY_RANGE: ({ x }) => [
    `The group key's x is ${x}, not below the group order, so no registry takes it.`,
    "Run the key generation again.",
  ],
  FROST_LENGTH: ({ document, expected, actual }) => [
    `The ${document} must be ${expected} bytes long and has ${actual}.`,
    "Pass it whole.",
  ],
  FROST_MISSING_MESSAGE: ({ members, round }) => [
    `Nothing came from ${list(members)} for ${round} in time.`,
    "Check that they run, then start a new session.",
  ],
  FROST_NONCE_REPEATED: ({ nonceId }) => [
    `The nonce ${nonceId} was made before: the random source repeats itself.`,
    "Stop signing with this machine.",
  ],
  FROST_NONCE_SPENT: ({ nonceId }) => [
    `The nonce ${nonceId} is spent or discarded.`,
    "Make a new commitment and redo the round.",
  ],
  FROST_NOT_ENOUGH_DEALERS: ({ threshold, dealers }) => [
    `Resharing needs ${threshold} members of the old group and ${dealers} are named.`,
    "Name more dealers.",
  ],
  FROST_NO_QUORUM: ({ threshold, available, members }) => [
    `The group needs ${threshold} signers and ${available} are left; at fault: ${list(members)}.`,
    "Bring more members to the session.",
  ],
  FROST_OTHER_PARAMETERS: ({ members, round }) => [
    `${list(members)} run this session with other parameters (seen in ${round}).`,
    "Agree on members, threshold and digest, then start a new session.",
  ],
  FROST_POINT: ({ x, y }) => [`(${x}, ${y}) is no point of secp256k1.`, "Ask for the right key or signature."],
  FROST_SHARE_DESTROYED: ({ member }) => [
    `The share of ${member} was destroyed.`,
    "Load it again from where it is kept.",
  ],
  FROST_SHARE_MISMATCH: ({ member }) => [
    `The secret of ${member} does not fit its verifying share.`,
    "Load the share of this group.",
  ],
  FROST_THRESHOLD: ({ memberCount, threshold }) => [
    `A FROST threshold must be 2 to the number of members; it is ${threshold} of ${memberCount}.`,
    "Use the members scheme where one signer is enough.",
  ],
  FROST_UNKNOWN_MEMBER: ({ member }) => [`${member} is not among the members.`, "Check the name against the list."],
};

/**
 * An error of the FROST protocols: `code` says what happened, `args` holds the numbers and names.
 *
 * @example
 * import { FrostError } from "@guildhall/sdk";
 * const error = new FrostError("FROST_THRESHOLD", { memberCount: 3, threshold: 4 });
 * assert.equal(error.args.threshold, 4);
 */
export class FrostError<C extends FrostErrorCode = FrostErrorCode> extends GuildhallError<C, FrostErrorArgs[C]> {
  constructor(code: C, args: FrostErrorArgs[C]) {
    const [what, advice] = SENTENCES[code](args);
    super({ code, args, what, advice });
  }
}

function list(members: readonly string[]): string {
  return members.length === 0 ? "nobody" : members.join(", ");
}

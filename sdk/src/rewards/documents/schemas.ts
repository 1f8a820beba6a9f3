import {
  address,
  boolean,
  bytes32,
  list,
  object,
  type Schema,
  text,
  whole,
} from "../../core/documents/schema/index.js";
import type { Bindings } from "./Bindings.js";
import type { Rebinding } from "./Rebinding.js";
import type { Roster } from "./Roster.js";
import type { Verdict } from "./Verdict.js";

/** What one transaction can bind, with room. */
const MAX_USERS = 1_000;
const MAX_URI = 2_048;

/** Bindings in JSON. */
export const bindingsSchema: Schema<Bindings> = object({
  poolId: bytes32(),
  users: list(object({ userId: bytes32(), account: address() }), { max: MAX_USERS }),
  deadline: whole(40),
});

/** A rebinding in JSON. */
export const rebindingSchema: Schema<Rebinding> = object({
  poolId: bytes32(),
  userId: bytes32(),
  account: address(),
  newAccount: address(),
  nonce: whole(32),
  deadline: whole(40),
});

/** A roster in JSON. */
export const rosterSchema: Schema<Roster> = object({
  root: bytes32(),
  count: whole(32),
  eligible: whole(32),
  contentHash: bytes32(),
  evidenceUri: text({ max: MAX_URI }),
  noneEligible: boolean(),
});

/** A verdict in JSON. */
export const verdictSchema: Schema<Verdict> = object({
  committeeId: bytes32(),
  epoch: whole(32),
  poolId: bytes32(),
  cycle: whole(32),
  revision: whole(32),
  roster: rosterSchema,
});

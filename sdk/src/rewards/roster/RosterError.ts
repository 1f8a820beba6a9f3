import { GuildhallError } from "../../core/errors/GuildhallError.js";

/** Why a roster cannot be built, opened or asked. */
export type RosterErrorCode =
  | "ROSTER_LINES_REFUSED"
  | "ROSTER_NONE_ELIGIBLE"
  | "ROSTER_NOT_OF_BOUND_USERS"
  | "ROSTER_OUT_OF_RANGE"
  | "ROSTER_CHUNK_LENGTH"
  | "ROSTER_FILE_MALFORMED"
  | "ROSTER_FILE_DAMAGED"
  | "ROSTER_USER_UNKNOWN"
  | "ROSTER_USER_REPEATED";

/** A roster cannot be built, opened or asked: `code` says why, `args` has the numbers, the message says what to do. */
export class RosterError extends GuildhallError<RosterErrorCode> {}

import {
  coordinateFrostSigning,
  createMemoryNonceStore,
  type FrostShare,
  joinFrostSigning,
} from "../../../sdk/src/index.js";
import type { Seat } from "./Seat.js";

/** A name that no member has. */
const COORDINATOR = "coordinator";

/** What is signed by whom. */
export type SignTogetherParameters = {
  /** The session's name, the same for all. */
  readonly label: string;
  /** The group's members; the first one's process also coordinates. */
  readonly names: readonly string[];
  readonly share: FrostShare;
  readonly digest: string;
};

/** Takes part in signing a digest by FROST; gives the group's signature, which every member has verified. */
export async function signTogether(seat: Seat, parameters: SignTogetherParameters): Promise<string> {
  const { label, names, share, digest } = parameters;
  const members = seat.membersOf(names);
  const [first] = members;
  const coordinator = { id: COORDINATOR, channelKey: first?.channelKey ?? "" };
  const parties = [COORDINATOR, ...members.map(({ id }) => id)];
  const session = seat.sessionOf(label);
  const joined = joinFrostSigning({
    session,
    transport: await seat.transportOf(label, seat.identity.id, parties),
    self: seat.identity,
    members,
    coordinator,
    share,
    digest,
    store: createMemoryNonceStore(),
    patience: seat.patience,
  });
  if (seat.identity.id !== first?.id) return joined;
  const [signature] = await Promise.all([
    joined,
    coordinateFrostSigning({
      session,
      transport: await seat.transportOf(label, COORDINATOR, parties),
      self: { id: COORDINATOR, secretKey: seat.identity.secretKey },
      coordinator,
      members,
      group: share.group,
      digest,
      patience: seat.patience,
    }),
  ]);
  return signature;
}

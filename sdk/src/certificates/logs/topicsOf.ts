import { ZeroHash } from "ethers";

import { interfaceOf } from "../../core/abi/interfaceOf.js";
import { certificateLedgerAbi } from "../../generated/abis.js";
import type { CertificateEventName } from "./certificateEvents.js";

/** The topics of events by name, of all where no name is given, and of those with this first indexed argument. */
export function topicsOf(
  names: readonly CertificateEventName[] | undefined,
  id: string | undefined,
): readonly (string | readonly string[] | null)[] {
  const face = interfaceOf(certificateLedgerAbi);
  const events = names?.map((name) => face.getEvent(name)?.topicHash ?? ZeroHash) ?? null;
  if (id === undefined) return events === null ? [] : [events];
  return [events, id];
}

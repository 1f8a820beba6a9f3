import { TypedDataEncoder } from "ethers";

import { mutableTypes } from "../../core/signatures/hashTyped.js";
import type { Application } from "../Application.js";
import { certificateTypes } from "./certificateTypes.js";
import { applicationToMessage } from "./toMessage.js";

/**
 * An application's id: its struct hash.
 *
 * @example
 * import { applicationIdOf } from "@guildhall/sdk";
 * const hash = `0x${"11".repeat(32)}`;
 * const id = applicationIdOf({
 *   ...{ committeeId: hash, centre: 1, applicant: wallet.address },
 *   ...{ subjectKeyHash: hash, identityHash: hash, possessionHash: hash },
 *   ...{ notBefore: 1_800_000_000, notAfter: 1_900_000_000, deadline: 1_790_000_000 },
 * });
 * assert.equal(id.length, 66);
 */
export function applicationIdOf(application: Application): string {
  const types = mutableTypes(certificateTypes.Application);
  return TypedDataEncoder.hashStruct("Application", types, applicationToMessage(application));
}

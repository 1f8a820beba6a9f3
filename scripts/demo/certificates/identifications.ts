import type { Identification } from "../../../sdk/src/certificates/index.js";
import { ScriptError } from "../../support/ScriptError.js";
import { DEVICE, GATEWAY, STRANGER } from "./certificatePlan.js";

/** What applicants say of themselves, sealed to each centre. None of it stands in a certificate, a log, or on the chain. */
export const identifications: Readonly<Record<string, Identification>> = {
  [GATEWAY]: { owner: "M-20417", model: "H-10", serialNumber: "SN-770120", firmware: 4 },
  [DEVICE]: { owner: "M-20417", model: "T-400", serialNumber: "SN-815401", firmware: 3 },
  [STRANGER]: { owner: "M-99999", model: "T-400", serialNumber: "SN-815402", firmware: 2 },
};

/** The device's firmware once it was brought up to date. */
export const NEW_FIRMWARE = 4;

/** What an applicant says of itself. */
export function identificationOf(name: string): Identification {
  const found = identifications[name];
  if (found !== undefined) return found;
  throw new ScriptError("NoIdentification", `${name} has nothing to say of itself.`, { name });
}

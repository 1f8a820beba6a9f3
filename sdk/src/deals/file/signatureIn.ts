import type { EndorsementType } from "../documents/dealTypes.js";
import type { Hex } from "../documents/Hex.js";
import type { DealFile } from "./DealFile.js";

/** The signature of an endorsement, where the file carries it. */
export function signatureIn(file: Pick<DealFile, "signatures">, endorsement: EndorsementType): Hex | undefined {
  return file.signatures.find((entry) => entry.endorsement === endorsement)?.signature;
}

import { getBytes } from "ethers";

import { collectResults, type SignedResult } from "../../../../sdk/src/certificates/index.js";
import { applicationIdOf, recoverAccount } from "../../../../sdk/src/index.js";
import { ScriptError } from "../../../support/ScriptError.js";
import type { Stage } from "../../parties/Stage.js";
import type { ApplicationLetter } from "../ApplicationLetter.js";
import type { PresentedCentre } from "../Authority.js";
import { CENTRE_EPOCH } from "../certificatePlan.js";

/** A centre's signed word on an application, and its place among the members. */
export type Vote = SignedResult & { readonly place: number };

/** Asks all centres about an application and the bytes that would be signed; gives what they signed. */
export async function askCentres(
  { hall, setup }: Stage,
  centres: readonly PresentedCentre[],
  { application, request, envelopes, signature }: ApplicationLetter,
  tbs: Uint8Array,
): Promise<readonly Vote[]> {
  const answers = await collectResults({
    centres: centres.map(({ url }, centre) => ({ centre, url })),
    epoch: CENTRE_EPOCH,
    application,
    applicationId: applicationIdOf(application),
    request: getBytes(request),
    envelopes,
    signature,
    draft: { tbs },
    verifyResult: ({ result, signature }, place) =>
      recoverAccount(hall.certificates.resultDigest(result), signature) === centres[place]?.account,
    timeout: setup.patience,
  });
  return answers.map(({ centre: place, outcome, results, problem }) => {
    const [signed] = results;
    if (signed !== undefined && (outcome === "approved" || outcome === "rejected")) return { ...signed, place };
    throw new ScriptError(
      "NoResult",
      `centre ${place} gave no result but was ${outcome}: ${problem ?? "nothing more"}.`,
    );
  });
}

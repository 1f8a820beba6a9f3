import { GuildhallError } from "../../core/errors/GuildhallError.js";

/** The arguments of each error of a centre's service. */
export type CentreErrorArgs = {
  readonly CENTRE_NOT_FOUND: { readonly path: string };
  readonly CENTRE_METHOD: { readonly method: string; readonly allowed: string };
  readonly CENTRE_NOT_JSON: { readonly contentType: string };
  readonly CENTRE_BODY_TOO_LARGE: { readonly max: number };
  readonly CENTRE_DRAFT: { readonly expected: 1; readonly actual: number };
  readonly CENTRE_NO_RESULT: { readonly applicationId: string };
  readonly CENTRE_DECIDED_OTHERWISE: {
    readonly applicationId: string;
    readonly expected: string;
    readonly actual: string;
  };
  readonly CENTRE_REASON: { readonly reason: number };
  readonly CENTRE_UNAVAILABLE: { readonly step: string };
  readonly CENTRE_INTERNAL: Readonly<Record<string, never>>;
  readonly CENTRE_ENVELOPE_MISSING: { readonly centre: number };
};

/** Why a centre's service refuses, or is not understood. */
export type CentreErrorCode = keyof CentreErrorArgs;

type Sentences = readonly [what: string, advice: string];

const SENTENCES: { readonly [C in CentreErrorCode]: (args: CentreErrorArgs[C]) => Sentences } = {
  CENTRE_NOT_FOUND: ({ path }) => [`There is nothing at ${path}.`, "Post applications to /applications."],
  CENTRE_METHOD: ({ method, allowed }) => [`${method} is not served here; ${allowed} is.`, "Use the right method."],
  CENTRE_NOT_JSON: ({ contentType }) => [
    `The body is sent as ${contentType}, and only application/json is read.`,
    "Send JSON, and say so.",
  ],
  CENTRE_BODY_TOO_LARGE: ({ max }) => [
    `The body has more than the ${max} bytes that are read.`,
    "Send the papers of one application.",
  ],
  CENTRE_DRAFT: ({ expected, actual }) => [
    `${actual} of to-be-signed part and certificate were sent, and it has to be ${expected}.`,
    "Send either the part or the certificate.",
  ],
  CENTRE_NO_RESULT: ({ applicationId }) => [
    `There is no result for the application ${applicationId} in this epoch.`,
    "Post the application, and ask again where the centre has not decided yet.",
  ],
  CENTRE_DECIDED_OTHERWISE: ({ applicationId, expected, actual }) => [
    `The application ${applicationId} was decided on the draft ${expected}, not on ${actual}.`,
    "Use the first draft, or apply anew.",
  ],
  CENTRE_REASON: ({ reason }) => [
    `A rejection needs a reason from 1 to 255, and has ${reason}.`,
    "Correct the centre's check of identities.",
  ],
  CENTRE_UNAVAILABLE: ({ step }) => [`The centre cannot ${step} now.`, "Post the same application again later."],
  CENTRE_INTERNAL: () => ["The centre failed.", "Post the same application again later, or ask its operator."],
  CENTRE_ENVELOPE_MISSING: ({ centre }) => [
    `There is no envelope for centre ${centre}.`,
    "Seal the identification to every centre that is asked.",
  ],
};

/**
 * An error of a centre's service, or about its answer: `code` says what happened, `args` holds the numbers.
 *
 * @example
 * import { CentreError } from "@guildhall/sdk/certificates";
 * assert.equal(new CentreError("CENTRE_BODY_TOO_LARGE", { max: 131_072 }).args.max, 131_072);
 */
export class CentreError<C extends CentreErrorCode = CentreErrorCode> extends GuildhallError<C, CentreErrorArgs[C]> {
  constructor(code: C, args: CentreErrorArgs[C], cause?: unknown) {
    const [what, advice] = SENTENCES[code](args);
    super({ code, args, what, advice, cause });
  }
}

import { GuildhallError } from "../core/errors/GuildhallError.js";
import type { SignatureFault } from "../core/signatures/verifySignature.js";

/** Why what TLS shows above a certificate is no chain. */
export type PeerChainProblem = "NOT_SHOWN" | "NOT_ISSUED" | "OTHER_ROOT";

/** The arguments of each error about certificates. None of them ever holds a key or what identifies somebody. */
export type CertificateErrorArgs = {
  // reading
  readonly CERT_TOO_LARGE: { readonly document: string; readonly max: number; readonly actual: number };
  readonly CERT_PEM: { readonly document: string; readonly label: string; readonly problem: string };
  readonly CERT_PEM_BLOCKS: { readonly document: string; readonly expected: 1; readonly actual: number };
  readonly CERT_NOT_DER: { readonly document: string; readonly offset: number; readonly problem: string };
  readonly CERT_TRAILING_BYTES: { readonly document: string; readonly expected: number; readonly actual: number };
  readonly CERT_MALFORMED: { readonly document: string; readonly field: string; readonly problem: string };
  readonly CERT_TIME: { readonly document: string; readonly field: string; readonly text: string };
  // keys and making
  readonly CERT_KEY_UNSUPPORTED: { readonly algorithm: string; readonly supported: readonly string[] };
  readonly CERT_KEY_UNREADABLE: { readonly algorithm: string };
  readonly CERT_KEY_NOT_EXTRACTABLE: { readonly algorithm: string };
  readonly CERT_KEY_DIFFERS: { readonly expected: string; readonly actual: string };
  readonly CERT_SERIAL: { readonly serial: bigint; readonly maxBytes: number };
  readonly CERT_VALIDITY: { readonly notBefore: number; readonly notAfter: number };
  readonly CERT_NAME: { readonly name: string; readonly problem: string };
  // requests
  readonly REQUEST_SIGNATURE: { readonly subjectKeyHash: string };
  readonly REQUEST_APPLICANT: { readonly applicant: string };
  readonly REQUEST_NO_ACCOUNT: { readonly expected: string };
  readonly REQUEST_OTHER_ACCOUNT: { readonly expected: string; readonly actual: string };
  // identification
  readonly IDENTITY_NO_CENTRES: { readonly centres: number };
  readonly IDENTITY_KEY: { readonly centre: number; readonly expectedBytes: 32; readonly actualBytes: number };
  readonly IDENTITY_SALT: { readonly expectedBytes: 32; readonly actualBytes: number };
  readonly IDENTITY_NOT_JSON: { readonly path: string };
  readonly IDENTITY_SEALED: { readonly centre: number };
  readonly IDENTITY_HASH: { readonly centre: number; readonly expected: string; readonly actual: string };
  // applications
  readonly APPLICATION_OTHER_COMMITTEE: { readonly expected: string; readonly actual: string };
  readonly APPLICATION_DEADLINE: { readonly deadline: number; readonly now: number };
  readonly APPLICATION_POSSESSION: { readonly expected: string; readonly actual: string };
  readonly APPLICATION_SUBJECT_KEY: { readonly part: string; readonly expected: string; readonly actual: string };
  readonly APPLICATION_IDENTITY: { readonly expected: string; readonly actual: string };
  readonly APPLICATION_ENVELOPE: { readonly expected: number; readonly actual: number };
  readonly APPLICATION_ENVELOPE_UNSIGNED: { readonly centre: number; readonly hash: string };
  readonly APPLICATION_SUBMITTER: { readonly applicant: string; readonly problem: SignatureFault };
  readonly APPLICATION_VALIDITY: {
    readonly expectedNotBefore: number;
    readonly expectedNotAfter: number;
    readonly notBefore: number;
    readonly notAfter: number;
  };
  readonly APPLICATION_NAMES: { readonly strangers: readonly string[] };
  readonly APPLICATION_SUBJECT: { readonly expected: string; readonly actual: string };
  readonly APPLICATION_AUTHORITY: { readonly extension: string };
  // issuing and moving
  readonly CERTIFICATE_ISSUER_MISSING: { readonly centre: number; readonly issuerKeyHash: string };
  readonly CERTIFICATE_ISSUER_DIFFERS: { readonly centre: number; readonly expected: string; readonly actual: string };
  readonly CERTIFICATE_NOT_ALLOWED: {
    readonly certificateId: string;
    readonly from: string;
    readonly operation: string;
    readonly requester: string;
    readonly now: number;
  };
  readonly CERTIFICATE_NOT_HEAD: { readonly certificateId: string; readonly expected: string; readonly actual: string };
  readonly CERTIFICATE_ARGUMENT: { readonly operation: string; readonly argument: string; readonly given: boolean };
  // proofs
  readonly PROOF_UNSUPPORTED: { readonly method: string };
  readonly PROOF_INVALID: { readonly part: string; readonly stateRoot: string };
  readonly PROOF_NO_CERTIFICATE: { readonly certificateId: string; readonly blockNumber: number };
  // peers
  readonly PEER_NO_CERTIFICATE: { readonly host: string };
  readonly PEER_STATE_UNKNOWN: { readonly contentHash: string };
  readonly PEER_CHAIN: { readonly contentHash: string; readonly problem: PeerChainProblem };
  readonly PEER_REFUSED: { readonly contentHash: string; readonly verdict: string };
};

/** Why a certificate, a request, an application or a peer is refused. */
export type CertificateErrorCode = keyof CertificateErrorArgs;

type Sentences = readonly [what: string, advice: string];

const CHAIN_PROBLEMS: Readonly<Record<PeerChainProblem, string>> = {
  NOT_SHOWN: "nothing is shown",
  NOT_ISSUED: "the next one did not sign it, or is out of its period",
  OTHER_ROOT: "it is no root that is trusted",
};

const SUBMITTER_PROBLEMS: Readonly<Record<SignatureFault, string>> = {
  MALFORMED: "the signature is damaged",
  OTHER_SIGNER: "somebody else did, or signed something else",
  WALLET_REFUSED: "its wallet does not accept the signature",
  NEEDS_PROVIDER: "its key did not, and wallets are not asked here",
};

const SENTENCES: { readonly [C in CertificateErrorCode]: (args: CertificateErrorArgs[C]) => Sentences } = {
  CERT_TOO_LARGE: ({ document, max, actual }) => [
    `The ${document} has ${actual} bytes, and ${max} are allowed.`,
    "Ask the sender what this is: no certificate is that large.",
  ],
  CERT_PEM: ({ document, label, problem }) => [
    `The ${document} is no PEM of the kind ${label}: ${problem}.`,
    "Pass the file as it was written, or its DER.",
  ],
  CERT_PEM_BLOCKS: ({ document, expected, actual }) => [
    `The text holds ${actual} PEM blocks where one ${document} is read, which is ${expected}.`,
    "Pass each block by itself.",
  ],
  CERT_NOT_DER: ({ document, offset, problem }) => [
    `The ${document} is not DER: ${problem} at byte ${offset}.`,
    "Ask its maker for it again, or to encode it as X.690 has it.",
  ],
  CERT_TRAILING_BYTES: ({ document, expected, actual }) => [
    `The ${document} ends after ${expected} bytes, and ${actual} were given.`,
    "Pass it without what follows.",
  ],
  CERT_MALFORMED: ({ document, field, problem }) => [
    `The ${document} has no readable ${field}: ${problem}.`,
    "Ask its maker for one as RFC 5280 or RFC 2986 has it.",
  ],
  CERT_TIME: ({ document, field, text }) => [
    `The ${field} of the ${document} is ${JSON.stringify(text)}, which is no moment of the years 0 to 9999 in UTC.`,
    "Ask its maker for one with times as RFC 5280 has them.",
  ],
  CERT_KEY_UNSUPPORTED: ({ algorithm, supported }) => [
    `Keys of the kind ${algorithm} are not supported; ${supported.join(", ")} are.`,
    "Use a key of one of these kinds.",
  ],
  CERT_KEY_UNREADABLE: ({ algorithm }) => [
    `The key of the kind ${algorithm} cannot be loaded.`,
    "Check that the file is whole, unencrypted and holds a private key as PKCS#8.",
  ],
  CERT_KEY_NOT_EXTRACTABLE: ({ algorithm }) => [
    `The key of the kind ${algorithm} was made not to leave this process.`,
    "Make one with `extractable: true` where it has to be stored.",
  ],
  CERT_KEY_DIFFERS: ({ expected, actual }) => [
    `The to-be-signed part names the signature algorithm ${expected}, and the issuer's key makes ${actual}.`,
    "Make it anew for this issuer, or sign with the key it was made for.",
  ],
  CERT_SERIAL: ({ serial, maxBytes }) => [
    `The serial number ${serial} is not from 1 to what ${maxBytes} bytes hold.`,
    "Choose one at random in that range.",
  ],
  CERT_VALIDITY: ({ notBefore, notAfter }) => [
    `A certificate cannot be valid from ${notBefore} to ${notAfter}.`,
    "Name whole Unix seconds from 1950 to 9999, the first not after the last.",
  ],
  CERT_NAME: ({ name, problem }) => [
    `${JSON.stringify(name)} cannot stand in a certificate: ${problem}.`,
    "Correct the name.",
  ],
  REQUEST_SIGNATURE: ({ subjectKeyHash }) => [
    `The request is not signed by its own key (${subjectKeyHash}).`,
    "Ask the applicant for a request made with the key: without it nothing shows that they hold it.",
  ],
  REQUEST_APPLICANT: ({ applicant }) => [
    `${JSON.stringify(applicant)} is no account: it is no address, or its checksum is wrong.`,
    "Pass the applicant's address.",
  ],
  REQUEST_NO_ACCOUNT: ({ expected }) => [
    `The request names no account in its challenge password, where ${expected} was expected.`,
    "Make the request with createSigningRequest.",
  ],
  REQUEST_OTHER_ACCOUNT: ({ expected, actual }) => [
    `The request was made for ${actual}, not for ${expected}.`,
    "Ask this applicant for a request of their own.",
  ],
  IDENTITY_NO_CENTRES: ({ centres }) => [
    `The identification would be sealed to ${centres} centres.`,
    "Name the keys of the committee's centres.",
  ],
  IDENTITY_KEY: ({ centre, expectedBytes, actualBytes }) => [
    `The sealing key of centre ${centre} has ${actualBytes} bytes and should have ${expectedBytes}, or is no X25519 key.`,
    "Ask the centre for its key.",
  ],
  IDENTITY_SALT: ({ expectedBytes, actualBytes }) => [
    `The salt has ${actualBytes} bytes and should have ${expectedBytes}.`,
    "Draw it at random, anew for each application.",
  ],
  IDENTITY_NOT_JSON: ({ path }) => [
    `The identification holds at ${path} what JSON cannot carry without change.`,
    "Use strings, whole numbers, booleans, null, lists and objects.",
  ],
  IDENTITY_SEALED: ({ centre }) => [
    `The envelope for centre ${centre} does not open with this key and this identity hash.`,
    "Check that it was sealed to this centre's key for this application.",
  ],
  IDENTITY_HASH: ({ centre, expected, actual }) => [
    `What is in the envelope for centre ${centre} has the identity hash ${actual}, not ${expected}.`,
    "Refuse the application: its sender sealed something else than they hashed.",
  ],
  APPLICATION_OTHER_COMMITTEE: ({ expected, actual }) => [
    `The application is made to the committee ${actual}, and this centre belongs to ${expected}.`,
    "Send it to the centres of its committee.",
  ],
  APPLICATION_DEADLINE: ({ deadline, now }) => [
    `The application had to be decided before ${deadline}, and it is ${now}.`,
    "Apply anew with a later deadline.",
  ],
  APPLICATION_POSSESSION: ({ expected, actual }) => [
    `The application names the proof of possession ${expected}, and the request's hash is ${actual}.`,
    "Send the request that the application was made with.",
  ],
  APPLICATION_SUBJECT_KEY: ({ part, expected, actual }) => [
    `The application is about the key ${expected}, and the ${part} holds ${actual}.`,
    "Send request and draft of this key.",
  ],
  APPLICATION_IDENTITY: ({ expected, actual }) => [
    `The application names the identity hash ${expected}, and the envelope was sealed for ${actual}.`,
    "Send the envelopes made for this application.",
  ],
  APPLICATION_ENVELOPE: ({ expected, actual }) => [
    `The envelope is for centre ${actual}, and this is centre ${expected}.`,
    "Send each centre its own envelope.",
  ],
  APPLICATION_ENVELOPE_UNSIGNED: ({ centre, hash }) => [
    `The envelope for centre ${centre} has the hash ${hash}, and the applicant signed for no such envelope.`,
    "Send the envelopes that the applicant signed for, or have them sign these.",
  ],
  APPLICATION_SUBMITTER: ({ applicant, problem }) => [
    `The applicant ${applicant} did not sign that this application goes to centres: ${SUBMITTER_PROBLEMS[problem]}.`,
    "Have the applicant's account sign submissionTypedData of this application, these envelopes and this ledger.",
  ],
  APPLICATION_VALIDITY: ({ expectedNotBefore, expectedNotAfter, notBefore, notAfter }) => [
    `The application asks for ${expectedNotBefore} to ${expectedNotAfter}, and the draft is valid from ${notBefore} to ${notAfter}.`,
    "Make the draft with the application's times.",
  ],
  APPLICATION_NAMES: ({ strangers }) => [
    `The draft holds names that the request does not ask for: ${strangers.join(", ")}.`,
    "Make the draft with names of the request only.",
  ],
  APPLICATION_SUBJECT: ({ expected, actual }) => [
    `The request asks for the subject ${JSON.stringify(expected)}, and the draft has ${JSON.stringify(actual)}.`,
    "Make the draft with the request's subject.",
  ],
  APPLICATION_AUTHORITY: ({ extension }) => [
    `The draft would grant more than an applicant may have: ${extension}.`,
    "Make the draft with createTbs, which grants none of it.",
  ],
  CERTIFICATE_ISSUER_MISSING: ({ centre, issuerKeyHash }) => [
    `The ledger checks the signatures of centre ${centre}, and needs its key ${issuerKeyHash} for it.`,
    "Pass the centre's own certificate, or its SubjectPublicKeyInfo, as `issuer`.",
  ],
  CERTIFICATE_ISSUER_DIFFERS: ({ centre, expected, actual }) => [
    `Centre ${centre} was admitted with the key ${expected}, and the issuer given has ${actual}.`,
    "Pass the certificate of the key that the centre was admitted with.",
  ],
  CERTIFICATE_NOT_ALLOWED: ({ certificateId, from, operation, requester, now }) => [
    `${operation} is not allowed to ${requester} at ${now} for the certificate ${certificateId}, which an account of type ${from} holds.`,
    "Look at its state and at who may do what from there.",
  ],
  CERTIFICATE_NOT_HEAD: ({ certificateId, expected, actual }) => [
    `The request is on the record ${actual} of the certificate ${certificateId}, whose last one is ${expected}.`,
    "Draft the request anew: something happened to the certificate since.",
  ],
  CERTIFICATE_ARGUMENT: ({ operation, argument, given }) => [
    `${operation} ${given ? "takes no" : "needs a"} ${argument}.`,
    given ? `Leave \`${argument}\` out.` : `Pass \`${argument}\`.`,
  ],
  PROOF_UNSUPPORTED: ({ method }) => [
    `The provider cannot be asked for ${method}.`,
    "Connect with a JSON-RPC provider whose node keeps the state of the block.",
  ],
  PROOF_INVALID: ({ part, stateRoot }) => [
    `The node's proof of the ${part} does not lead to the state root ${stateRoot}.`,
    "Use another node: this one is wrong, or the header is of another chain.",
  ],
  PROOF_NO_CERTIFICATE: ({ certificateId, blockNumber }) => [
    `At block ${blockNumber} the ledger holds no certificate ${certificateId}; that is proved.`,
    "Check the id, that is the certificate's bytes and the committee, and the block.",
  ],
  PEER_NO_CERTIFICATE: ({ host }) => [
    `${host} showed no certificate.`,
    "Ask for one: `requestCert: true` on a server; on a client, resume no sessions, as those show none.",
  ],
  PEER_STATE_UNKNOWN: ({ contentHash }) => [
    `Nothing fresh is known about the state of the certificate ${contentHash}.`,
    "Check that the chain can be reached, then connect again.",
  ],
  PEER_CHAIN: ({ contentHash, problem }) => [
    `What TLS shows above the certificate ${contentHash} does not tell who issued it: ${CHAIN_PROBLEMS[problem]}.`,
    "Give all certificates from the root down to the peer's issuer in `ca`.",
  ],
  PEER_REFUSED: ({ contentHash, verdict }) => [
    `The certificate ${contentHash} is ${verdict} on chain.`,
    "Do not trust this peer; it needs a certificate that is valid.",
  ],
};

/**
 * An error about certificates: `code` says what happened, `args` holds the numbers, the message says what to do.
 *
 * @example
 * import { CertificateError } from "@guildhall/sdk/certificates";
 * const error = new CertificateError("CERT_TRAILING_BYTES", { document: "certificate", expected: 600, actual: 601 });
 * assert.equal(error.args.actual, 601);
 */
export class CertificateError<C extends CertificateErrorCode = CertificateErrorCode> extends GuildhallError<
  C,
  CertificateErrorArgs[C]
> {
  constructor(code: C, args: CertificateErrorArgs[C], cause?: unknown) {
    const [what, advice] = SENTENCES[code](args);
    super({ code, args, what, advice, cause });
  }
}

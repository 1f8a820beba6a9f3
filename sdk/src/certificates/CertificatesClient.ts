import type { CertificateLedger } from "../../../typechain-types/certificates/CertificateLedger.js";
import { bindContract } from "../core/abi/bindContract.js";
import { memberOf } from "../core/abi/memberOf.js";
import type { ClientContext } from "../core/ClientContext.js";
import { type ContractView, readContract } from "../core/reads/readContract.js";
import { watchEvents, type WatchOptions } from "../core/reads/watchEvents.js";
import { hashTyped } from "../core/signatures/hashTyped.js";
import type { ContractAction } from "../core/transactions/ContractAction.js";
import { sendAction, type SendOptions } from "../core/transactions/sendAction.js";
import type { Transaction } from "../core/transactions/Transaction.js";
import { certificateLedgerAbi } from "../generated/abis.js";
import * as actions from "./actions/index.js";
import { CertificateError } from "./CertificateError.js";
import type { CertificatesAccess } from "./CertificatesAccess.js";
import type { CertificationResult } from "./CertificationResult.js";
import type { CertificateRequest } from "./documents/CertificateRequest.js";
import type { CertificatesPlace } from "./documents/certificatesDomain.js";
import { resultTypedData } from "./documents/resultTypedData.js";
import type { CertificateHistory } from "./history/CertificateHistory.js";
import { readHistory } from "./history/readHistory.js";
import {
  type CertificateEvent,
  type CertificateEventArgs,
  type CertificateEventName,
  indexesIn,
} from "./logs/certificateEvents.js";
import { readCertificateLogs } from "./logs/readCertificateLogs.js";
import { topicsOf } from "./logs/topicsOf.js";
import { proveState } from "./proof/proveState.js";
import type { ProvenState, TrustedHeader } from "./proof/StateProof.js";
import { consentTo } from "./requests/consentTo.js";
import { draftRequest, type DraftRequestParameters } from "./requests/draftRequest.js";
import { issuerKeyFor } from "./requests/issuerKeyFor.js";
import { requireAllowed } from "./requests/requireAllowed.js";
import type { RequestParty } from "./requests/RequestParty.js";
import type { Centre } from "./state/Centre.js";
import type { CertificateState } from "./state/CertificateState.js";
import { type ApplicationStatus, applicationStatuses } from "./state/names.js";
import { readCentre } from "./state/readCentre.js";
import { readCertificate } from "./state/readCertificate.js";
import { readSuccessor } from "./state/readSuccessor.js";
import { toVerification, type Verification } from "./state/Verification.js";
import type { CertificateReport, Successor, VerifyCertificateOptions } from "./verify/CertificateReport.js";
import { successorsOf } from "./verify/successorsOf.js";
import { verifyCertificate } from "./verify/verifyCertificate.js";
import { verifyMany } from "./verify/verifyMany.js";

/** A certificate to issue. */
export type IssueCertificateParameters = actions.IssueOptions & {
  /** Signed by the centre, in PEM or DER. */
  readonly certificate: string | Uint8Array;
  /** The centre's certificate (PEM or DER), or its SubjectPublicKeyInfo (DER), where its key is P-256. */
  readonly issuer?: string | Uint8Array;
};

/** An operation on a certificate, and who asks for it. */
export type MoveParameters = Pick<DraftRequestParameters, "certificateId" | "reason" | "deadline"> & {
  readonly by: RequestParty;
};

/** Which of the ledger's events to read. */
export type CertificateEventOptions = {
  /** All by default. */
  readonly names?: readonly CertificateEventName[];
  /** Only those about this certificate, application or centre (by its number in 32 bytes): the event's first topic. */
  readonly id?: string;
  /** The deployment's first block by default. */
  readonly fromBlock?: number;
  /** The latest by default. */
  readonly toBlock?: number;
};

/** What members say of an application, by their indexes. Those in both contradicted themselves. */
export type Results = { readonly approvedBy: readonly number[]; readonly rejectedBy: readonly number[] };

type Sent<Name extends CertificateEventName> = Promise<Transaction<CertificateEventArgs<Name>>>;
type Moved = Promise<Transaction<actions.MovedCertificate>>;

/** What changes a certificate's verdict, besides the passing of time. */
const STATE_CHANGES = ["CertificateIssued", "CertificateMoved", "CentreRetired"] as const;

/**
 * Certificates of a deployment: issued by a committee of centres, moved from account to account, verified by anyone. Every
 * transaction resolves to the typed result of its events.
 *
 * Every call's errors: {@link ContractRevertError} with the contract's reason, {@link TransactionError}, {@link RpcError}.
 *
 * @example
 * import { Guildhall, hashTyped, centreAdmissionTypedData } from "@guildhall/sdk";
 * const { certificates, committees } = await Guildhall.connect(signer, { directory });
 * const config = { members: [wallet.address], threshold: 1 };
 * const { committeeId } = await (await committees.create({ salt: `0x${"07".repeat(32)}`, config })).wait();
 * const centre = { account: signer.address, issuerKeyHash: `0x${"11".repeat(32)}`, issuerIsP256: true };
 * const admission = { committeeId, epoch: 1, ...centre, salt: `0x${"22".repeat(32)}` };
 * const digest = hashTyped(centreAdmissionTypedData(certificates.place, admission));
 * const collector = await committees.collect({ committeeId, digest });
 * await collector.add({ signature: wallet.signingKey.sign(digest).serialized });
 * const admitted = await (await certificates.admitCentre({ ...admission, approval: collector.build() })).wait();
 * assert.deepEqual((await certificates.centreOf(admitted.centre)).account, signer.address);
 */
export class CertificatesClient {
  /** The address of CertificateLedger. */
  readonly address: string;
  /** The TypeChain binding, for what this client does not offer. */
  readonly contract: CertificateLedger;
  /** Chain and contract, for typed data. */
  readonly place: CertificatesPlace;
  readonly #context: ClientContext;
  readonly #access: CertificatesAccess;

  constructor(context: ClientContext) {
    this.#context = context;
    this.address = context.addresses.CertificateLedger;
    this.contract = bindContract(certificateLedgerAbi, this.address, context.runner);
    this.place = { chainId: context.chainId, contract: this.address };
    const reader = bindContract(certificateLedgerAbi, this.address, context.provider);
    this.#access = { context, address: this.address, reader };
  }

  // Centres

  /** Admits a centre: anyone with the committee's approval. */
  admitCentre(parameters: actions.AdmitCentreParameters, options?: SendOptions): Sent<"CentreAdmitted"> {
    return this.#send(actions.admitCentre(this.address, parameters), options);
  }

  /** Retires a centre, for good: anyone with the committee's approval. */
  retireCentre(parameters: actions.RetireCentreParameters, options?: SendOptions): Sent<"CentreRetired"> {
    return this.#send(actions.retireCentre(this.address, parameters), options);
  }

  // Applications and issuing

  /** Counts what members signed of an application: anyone. */
  countResults(
    parameters: actions.CountResultsParameters,
    options?: SendOptions,
  ): Promise<Transaction<actions.CountedResults>> {
    return this.#send(actions.countResults(this.address, parameters), options);
  }

  /** The digest of a result, which centres sign and the committee approves. */
  resultDigest(result: CertificationResult): string {
    return hashTyped(resultTypedData(this.place, result));
  }

  /**
   * Issues a certificate, signed by its centre: with the ledger checking the signature where the centre's key is P-256.
   *
   * Errors: {@link CertificateError} CERTIFICATE_ISSUER_MISSING, CERTIFICATE_ISSUER_DIFFERS before anything is sent, and where the
   * bytes are no certificate.
   */
  async issue(
    { certificate, issuer, ...rest }: IssueCertificateParameters,
    options?: SendOptions,
  ): Promise<Transaction<actions.IssuedCertificate>> {
    const { parseCertificate } = await import("./x509/checking.js");
    const { der, contentHash } = parseCertificate(certificate);
    const centre = await this.centreOf(rest.application.centre);
    if (!centre.issuerIsP256) return this.#send(actions.issue(this.address, { ...rest, contentHash }), options);
    const issuerKey = await issuerKeyFor(centre, issuer);
    return this.#send(actions.issueChecked(this.address, { ...rest, der, issuerKey }), options);
  }

  // Operations. Each reads the certificate's last record itself, and refuses what the ledger would, before it is sent

  /**
   * Freezes a certificate: holder, receiving centre (for seven days), or committee.
   *
   * Errors: {@link CertificateError} CERTIFICATE_NOT_ALLOWED; so for every operation.
   */
  freeze({ by, ...what }: MoveParameters, options?: SendOptions): Moved {
    return this.#move({ ...what, operation: "FREEZE", requester: by.as }, by, options);
  }

  /** Makes a freeze last until it is undone: the committee. */
  confirmFreeze({ by, ...what }: MoveParameters, options?: SendOptions): Moved {
    return this.#move({ ...what, operation: "CONFIRM_FREEZE", requester: by.as }, by, options);
  }

  /** Undoes a freeze: who froze, or the committee. */
  unfreeze({ by, ...what }: Omit<MoveParameters, "reason">, options?: SendOptions): Moved {
    return this.#move({ ...what, operation: "UNFREEZE", requester: by.as }, by, options);
  }

  /** Revokes a certificate, for good: holder, receiving centre, or committee. */
  revoke({ by, ...what }: MoveParameters, options?: SendOptions): Moved {
    return this.#move({ ...what, operation: "REVOKE", requester: by.as }, by, options);
  }

  /** Retires a certificate for the successor that the committee approved: holder, receiving centre, or committee. */
  update({ by, ...what }: MoveParameters & { readonly successorId: string }, options?: SendOptions): Moved {
    return this.#move({ ...what, operation: "UPDATE", requester: by.as }, by, options);
  }

  /** Moves a certificate to another centre: the committee. */
  rehome({ by, ...what }: MoveParameters & { readonly centre: number }, options?: SendOptions): Moved {
    return this.#move({ ...what, operation: "REHOME", requester: by.as }, by, options);
  }

  /** Moves a certificate whose time is over: anyone. Errors: {@link CertificateError} CERTIFICATE_NOT_ALLOWED. */
  async expire({ certificateId }: actions.ExpireParameters, options?: SendOptions): Moved {
    const [state, now] = await Promise.all([this.certificateOf(certificateId), this.#context.clock()]);
    requireAllowed(state, { operation: "EXPIRE", requester: "ANYONE", now: Number(now) });
    return this.#send(actions.expire(this.address, { certificateId }), options);
  }

  /** Moves a certificate back whose freeze ended by itself: anyone. Errors: as {@link expire}. */
  async endFreeze({ certificateId }: actions.EndFreezeParameters, options?: SendOptions): Moved {
    const [state, now] = await Promise.all([this.certificateOf(certificateId), this.#context.clock()]);
    requireAllowed(state, { operation: "UNFREEZE", requester: "ANYONE", now: Number(now) });
    return this.#send(actions.endFreeze(this.address, { certificateId }), options);
  }

  /**
   * Drafts a request on the certificate's last record, for parties that sign it elsewhere.
   *
   * Errors: {@link CertificateError} CERTIFICATE_NOT_ALLOWED, CERTIFICATE_ARGUMENT.
   */
  draftRequest(parameters: DraftRequestParameters): Promise<CertificateRequest> {
    return draftRequest(this.#access, parameters);
  }

  /**
   * Sends a request that was signed or approved: anyone.
   *
   * Errors: {@link CertificateError} CERTIFICATE_NOT_HEAD, CERTIFICATE_NOT_ALLOWED, before it is sent.
   */
  async execute(parameters: actions.ExecuteParameters, options?: SendOptions): Moved {
    const { certificateId, previousRecord, operation } = parameters.request;
    const [state, now] = await Promise.all([this.certificateOf(certificateId), this.#context.clock()]);
    if (state.head !== previousRecord.toLowerCase()) {
      const [expected, actual] = [state.head, previousRecord];
      throw new CertificateError("CERTIFICATE_NOT_HEAD", { certificateId, expected, actual });
    }
    requireAllowed(state, { operation, requester: parameters.consent.as, now: Number(now) });
    return this.#send(actions.execute(this.address, parameters), options);
  }

  // Reads

  /** A certificate's state. Errors: {@link ContractRevertError} CertificateLedgerCertificateUnknown. */
  certificateOf(certificateId: string): Promise<CertificateState> {
    return readCertificate(this.#access, certificateId);
  }

  /** A centre by its number. Errors: {@link ContractRevertError} CertificateLedgerCentreUnknown. */
  centreOf(centre: number): Promise<Centre> {
    return readCentre(this.#access, centre);
  }

  /** Where the results of an application stand. */
  async applicationOf(applicationId: string): Promise<ApplicationStatus> {
    return memberOf(applicationStatuses, await this.#read(this.#access.reader.applicationOf, applicationId));
  }

  /** What the members of an epoch say of an application. */
  async resultsOf(applicationId: string, epoch: number): Promise<Results> {
    const [approvedBy, rejectedBy] = await this.#read(this.#access.reader.resultsOf, applicationId, epoch);
    return { approvedBy: indexesIn(approvedBy), rejectedBy: indexesIn(rejectedBy) };
  }

  /** Whether an account holds a certificate that is the last one of this key under the committee. */
  isHeld({
    committeeId,
    subjectKeyHash,
    certificateId,
    holder,
  }: actions.CertificateHolding & { readonly committeeId: string; readonly subjectKeyHash: string }): Promise<boolean> {
    return this.#read(this.#access.reader.isHeld, committeeId, subjectKeyHash, { certificateId, holder });
  }

  /** The certificate that the committee approved as the successor; undefined for none. */
  async successorOf(certificateId: string): Promise<string | undefined> {
    return (await readSuccessor(this.#access, certificateId))?.certificateId;
  }

  /** The successor, its successor where it is superseded itself, and so on, with what each is worth now. */
  async successorsOf(certificateId: string): Promise<readonly Successor[]> {
    return successorsOf(this.#access, certificateId, Number(await this.#context.clock()));
  }

  /** What the ledger says of a certificate with these bytes now. */
  async verdictOf(certificateId: string, contentHash: string): Promise<Verification> {
    return toVerification(await this.#read(this.#access.reader.verify, certificateId, contentHash));
  }

  /** The same of many under one committee, in their order, 500 with each request. */
  verifyMany(committeeId: string, contentHashes: readonly string[]): Promise<readonly Verification[]> {
    return verifyMany(this.#access, committeeId, contentHashes);
  }

  /**
   * Verifies a certificate by its bytes: what is written in it and what the ledger says of it, now or at a time in the past, with
   * every reason against it, and with the successor where there is one.
   *
   * Errors: {@link CertificateError} where the bytes are no certificate.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * import { rootCertificates } from "node:tls";
   * const { certificates } = await Guildhall.connect(provider, { directory });
   * const { valid, reasons } = await certificates.verify(rootCertificates[0]!, { committeeId: `0x${"11".repeat(32)}` });
   * assert.equal(valid, false);
   * assert.equal(reasons.at(-1)?.code, "STATE_UNKNOWN");
   */
  verify(pemOrDer: string | Uint8Array, options: VerifyCertificateOptions): Promise<CertificateReport> {
    return verifyCertificate(this.#access, pemOrDer, options);
  }

  /**
   * Proves a certificate's state against the state root of a header that the caller trusts, so that the node need not be.
   *
   * Errors: {@link CertificateError} PROOF_UNSUPPORTED, PROOF_INVALID, PROOF_NO_CERTIFICATE.
   */
  proveState(certificateId: string, header: TrustedHeader): Promise<ProvenState> {
    return proveState(this.#access, certificateId, header);
  }

  /**
   * A certificate's records out of the events, each id made anew and the last one held against the ledger's: nothing can be left
   * out or changed. `verdictAt` tells what it was worth at any time.
   *
   * Errors: {@link ContractRevertError} CertificateLedgerCertificateUnknown; {@link RpcError} RPC_UNEXPECTED_ANSWER.
   */
  history(certificateId: string): Promise<CertificateHistory> {
    return readHistory(this.#access, certificateId);
  }

  /**
   * Events of the past, in the order of the chain.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { certificates } = await Guildhall.connect(signer, { directory });
   * assert.deepEqual(await certificates.events({ names: ["CertificateIssued"] }), []);
   */
  async events({ names, id, fromBlock, toBlock }: CertificateEventOptions = {}): Promise<readonly CertificateEvent[]> {
    const { provider } = this.#context;
    const range = { provider, address: this.address, fromBlock: fromBlock ?? this.#context.fromBlock, toBlock };
    return (await readCertificateLogs({ ...range, topics: topicsOf(names, id) })).events;
  }

  /**
   * Tells each change of a state once, in order: certificates issued and moved, centres retired; of one certificate where `id` is
   * given, other events where `names` is. Blocks that a reorganisation replaces are taken back, and with `after` a process goes on
   * where the one before it ended. That time passes is no event.
   *
   * @returns A function that ends it
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { certificates } = await Guildhall.connect(signer, { directory });
   * const stop = certificates.watch(({ name, args }) => console.log(name, args), { confirmations: 2 });
   * await stop();
   * assert.equal(typeof stop, "function");
   */
  watch(
    listener: (event: CertificateEvent) => void | Promise<void>,
    options: WatchOptions<CertificateEvent> & Pick<CertificateEventOptions, "names" | "id"> = {},
  ): () => Promise<void> {
    const { names = STATE_CHANGES, id, ...rest } = options;
    const { provider } = this.#context;
    const { address } = this;
    const topics = topicsOf(names, id);
    return watchEvents({
      ...{ provider, listener, ...rest },
      read: (fromBlock, toBlock) => readCertificateLogs({ provider, address, fromBlock, toBlock, topics }),
    });
  }

  async #move(parameters: DraftRequestParameters, by: RequestParty, options: SendOptions | undefined): Moved {
    const request = await draftRequest(this.#access, parameters);
    const consent = await consentTo(this.#access, request, by);
    return this.#send(actions.execute(this.address, { request, consent }), options);
  }

  #read<Args extends readonly unknown[], T>(view: ContractView<Args, T>, ...args: Args): Promise<T> {
    return readContract(this.#context, this.address, view, ...args);
  }

  #send<T>(action: ContractAction<T>, options: SendOptions | undefined): Promise<Transaction<T>> {
    return sendAction(this.#context, action, options);
  }
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { hexlify, randomBytes, Signature } from "ethers";

import * as x509 from "../../sdk/src/certificates/index.js";
import {
  accountOf,
  applicationIdOf,
  type DocumentSigner,
  encodeApproval,
  recoverAccount,
  resultTypedData,
  rotationTypedData,
  hashTyped,
  signTyped,
} from "../../sdk/src/index.js";
import { createCentreService, openDecisionStore } from "../../sdk/src/node/certificates/index.js";
import { submit } from "../helpers/centres.js";
import { memberKeys } from "../helpers/committee.js";
import {
  admit,
  approvalOf,
  type CertificatesHall,
  DAY,
  ethers,
  loadCertificates,
  networkHelpers,
} from "./sdk-fixture.js";

/** Who a centre knows: it approves them and rejects everybody else, for good. */
export type Register = readonly string[];

export const PASSPORT = "PASSPORT-4711";
export const REASON = 9;
const THRESHOLD = 2;

/** An attributable committee of three centres on the deployed suite, two of which decide, and papers that they are asked about. */
export type Centres = Awaited<ReturnType<typeof foundCentres>>;

async function foundCentres(hall: CertificatesHall) {
  const members = memberKeys(3);
  const config = { members: members.map(({ address }) => address), threshold: THRESHOLD };
  const { certificates, committees } = hall.halls.stranger;
  const created = await committees.create({ salt: ethers.id("three centres"), attributable: true, config });
  const { committeeId } = await created.wait();
  const founded = { halls: hall.halls, members, committeeId };
  const receiving = await admit(founded, "P-256", hall.signers.centre);
  const keys = await Promise.all(members.map(async () => x509.createCentreKey()));
  return { ...founded, config, receiving, keys, certificates, committees, signers: hall.signers };
}

/** The committee on a fresh copy of the chain. */
export async function loadCentres(): Promise<Centres> {
  return foundCentres(await loadCertificates());
}

export type CentresPapers = Awaited<ReturnType<typeof apply>>;

/** Applies for a certificate: all papers, and the certificate that the receiving centre will sign. */
export async function apply(
  { committeeId, receiving, keys, certificates, signers }: Centres,
  by: DocumentSigner = signers.holder,
) {
  const { chainId } = certificates.place;
  const applicant = await accountOf(by);
  const key = await x509.createKeyPair("P-256");
  const names = { dns: ["node7.example"] };
  const request = await x509.createSigningRequest({
    key,
    subject: { commonName: "node 7" },
    names,
    chainId,
    applicant,
  });
  const salt = hexlify(randomBytes(32));
  const identification = { passport: PASSPORT };
  const now = await networkHelpers.time.latest();
  const validity = { notBefore: now - DAY, notAfter: now + 365 * DAY };
  const application = {
    committeeId,
    centre: receiving.number,
    applicant,
    subjectKeyHash: request.key.keyHash,
    identityHash: x509.identityHash(salt, identification),
    possessionHash: request.possessionHash,
    ...validity,
    deadline: now + 30 * DAY,
  };
  const { tbs } = x509.createTbs({ request, issuer: receiving.root, serial: x509.randomSerial(), ...validity });
  const to = keys.map(({ publicKey }, centre) => ({ centre, publicKey }));
  const envelopes = await x509.sealIdentification(identification, salt, to);
  const signature = await submit(application, envelopes, by, certificates.place);
  const applicationId = applicationIdOf(application);
  return { application, applicationId, request: request.der, envelopes, signature, tbs };
}

/** A centre's service, until it is stopped. */
export type Running = { readonly url: string; readonly stop: () => Promise<void> };

/** Services of centres: each listens on a port of its own, signs with its own key and keeps its own SQLite. */
export class RunningCentres {
  readonly #folder = mkdtempSync(join(tmpdir(), "guildhall-sdk-centres-"));
  readonly #running = new Set<Running>();

  /** Starts a centre that knows these; `face` tells the stores of a centre with more than its own apart. */
  async start(
    centres: Centres,
    centre: number,
    register: Register,
    { epoch = 1, face = 0, asksWallets = true } = {},
  ): Promise<Running> {
    const { certificates, committeeId, members, keys, halls } = centres;
    const store = openDecisionStore(join(this.#folder, `${centre}-${face}.sqlite`));
    const service = await createCentreService({
      ...{ committeeId, epoch, centre, store, applicationIdOf },
      chainId: certificates.place.chainId,
      ledger: certificates.address,
      provider: asksWallets ? halls.stranger.context.provider : undefined,
      secretKey: keys[centre]!.secretKey,
      signResult: async (result) =>
        (await signTyped(members[centre]!, resultTypedData(certificates.place, result))).signature,
      checkIdentity: async ({ identification: { passport } }) =>
        Promise.resolve(
          typeof passport === "string" && register.includes(passport)
            ? { verdict: "approve" }
            : { verdict: "reject", reason: REASON },
        ),
      clock: halls.stranger.context.clock,
    });
    const running: Running = {
      url: service.url,
      stop: async () => {
        if (!this.#running.delete(running)) return;
        await service.close();
        store.close();
      },
    };
    this.#running.add(running);
    return running;
  }

  async end(): Promise<void> {
    await Promise.all([...this.#running].map(async ({ stop }) => stop()));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Asks the centres behind these services, in the order of the members. */
export async function collect(
  { certificates, members }: Centres,
  { tbs, ...papers }: CentresPapers,
  services: readonly Pick<Running, "url">[],
  { epoch = 1, earlier = [] }: Partial<Pick<x509.CollectParameters, "epoch" | "earlier">> = {},
): Promise<readonly x509.CentreAnswer[]> {
  return x509.collectResults({
    ...{ epoch, earlier, ...papers, draft: { tbs } },
    centres: services.map(({ url }, centre) => ({ centre, url })),
    verifyResult: ({ result, signature }, centre) =>
      recoverAccount(certificates.resultDigest(result), signature) === members[centre]?.address,
  });
}

export const outcomesOf = (answers: readonly x509.CentreAnswer[]): readonly string[] =>
  answers.map(({ outcome }) => outcome);

/** The signed result of one answer, as the ledger counts it. */
export function toCount(
  { application }: Pick<CentresPapers, "application">,
  { centre, results }: x509.CentreAnswer,
  which = 0,
) {
  const { result, signature } = results[which]!;
  const entry = { index: centre, kind: "key", signature: Signature.from(signature).compactSerialized } as const;
  return { application, result, approval: encodeApproval({ scheme: "members", entries: [entry] }) };
}

/** Has the ledger count what each centre said, one after the other; gives what each decided. */
export async function countAll(
  { certificates }: Centres,
  papers: CentresPapers,
  answers: readonly x509.CentreAnswer[],
): Promise<readonly (string | undefined)[]> {
  const decided: (string | undefined)[] = [];
  for (const answer of answers.filter(({ results }) => results.length > 0)) {
    decided.push((await (await certificates.countResults(toCount(papers, answer))).wait()).decided);
  }
  return decided;
}

/** Has the receiving centre sign what was approved, and issues it; gives what a verifier finds. */
export async function issueAndVerify(
  { certificates, committeeId, receiving }: Centres,
  { application, tbs }: CentresPapers,
  approved?: { readonly epoch: number; readonly approval: string },
): Promise<x509.Certificate & { readonly verdict: string; readonly valid: boolean }> {
  const certificate = x509.parseCertificate(await x509.signTbs(tbs, receiving.key));
  const issuer = receiving.root.der;
  const what = { application, certificate: certificate.der, issuer };
  await (await certificates.issue(approved === undefined ? what : { ...what, approved })).wait();
  const { verdict, valid } = await certificates.verify(certificate.der, { committeeId, issuer });
  return { ...certificate, verdict, valid };
}

/** Starts the committee's next epoch with the same members, and ends the one before at once. */
export async function rotate(centres: Centres): Promise<void> {
  const { committeeId, committees, config } = centres;
  const rotation = { committeeId, config, graceUntil: 0 };
  const approval = await approvalOf(
    centres,
    hashTyped(rotationTypedData(committees.place, { ...rotation, currentEpoch: 1 })),
    THRESHOLD,
  );
  await (await committees.rotate({ ...rotation, approval })).wait();
}

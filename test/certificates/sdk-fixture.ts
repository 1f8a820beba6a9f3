import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { network } from "hardhat";

import * as x509 from "../../sdk/src/certificates/index.js";
import {
  type Application,
  applicationIdOf,
  type ApprovalAsked,
  centreAdmissionTypedData,
  centreRetirementTypedData,
  type CertificationResult,
  Guildhall,
  hashTyped,
  type IssuedCertificate,
  type TypedData,
} from "../../sdk/src/index.js";
import { memberKeys } from "../helpers/committee.js";
import { deploySuite } from "../helpers/suite.js";

/** The chain of the tests of the certificates' SDK. Each test begins from a snapshot of it, see {@link loadCertificates}. */
export const { ethers, networkHelpers, provider } = await network.create();
const { time } = networkHelpers;

export const NO_HASH = ethers.ZeroHash;
export const DAY = 86_400;

export type Party = "centre" | "otherCentre" | "holder" | "stranger";

/** A centre's key, its own certificate, and its number. */
export type TestCentre = {
  readonly number: number;
  readonly key: x509.KeyPair;
  readonly root: x509.Certificate;
  readonly account: HardhatEthersSigner;
};

/** A deployed suite with a committee of five members and two centres: one that signs with P-256, and one with Ed25519. */
export type CertificatesHall = {
  readonly directory: string;
  readonly halls: Readonly<Record<Party, Guildhall>>;
  readonly signers: Readonly<Record<Party, HardhatEthersSigner>>;
  readonly members: ReturnType<typeof memberKeys>;
  readonly committeeId: string;
  readonly checked: TestCentre;
  readonly unchecked: TestCentre;
};

const THRESHOLD = 4;

async function deployCertificates(): Promise<CertificatesHall> {
  const [stranger, centre, otherCentre, holder] = await ethers.getSigners();
  if (!stranger || !centre || !otherCentre || !holder) throw new TypeError("four accounts are needed");
  const { Directory: directory } = await deploySuite(stranger);
  const connect = (signer: HardhatEthersSigner) => Guildhall.connect(signer, { directory });
  const signers = { centre, otherCentre, holder, stranger };
  const halls = {
    centre: await connect(centre),
    otherCentre: await connect(otherCentre),
    holder: await connect(holder),
    stranger: await connect(stranger),
  };
  const members = memberKeys(5);
  const config = { members: members.map(({ address }) => address), threshold: THRESHOLD };
  const created = await halls.stranger.committees.create({ salt: ethers.id("centres"), config });
  const { committeeId } = await created.wait();
  const hall = { directory, halls, signers, members, committeeId };
  const checked = await admit(hall, "P-256", centre);
  return { ...hall, checked, unchecked: await admit(hall, "Ed25519", otherCentre) };
}

/** The state every test starts from. */
export async function loadCertificates(): Promise<CertificatesHall> {
  return networkHelpers.loadFixture(deployCertificates);
}

type Founded = Pick<CertificatesHall, "halls" | "members" | "committeeId">;

/** The committee's approval of a digest, by its first members. */
export async function approvalOf(
  { halls, members, committeeId }: Founded,
  digest: string,
  count = THRESHOLD,
): Promise<string> {
  const collector = await halls.stranger.committees.collect({ committeeId, digest });
  for (const key of members.slice(0, count)) {
    await collector.add({ signature: key.signingKey.sign(digest).serialized });
  }
  return collector.build();
}

/** As the client asks a committee. */
export function committee(hall: Founded) {
  return { as: "COMMITTEE", approve: async ({ digest }: ApprovalAsked) => approvalOf(hall, digest) } as const;
}

async function approvalOfData(hall: Founded, data: TypedData): Promise<string> {
  return approvalOf(hall, hashTyped(data));
}

/** Admits a centre with a new key. */
export async function admit(
  hall: Founded,
  algorithm: x509.KeyAlgorithm,
  account: HardhatEthersSigner,
): Promise<TestCentre> {
  const { certificates } = hall.halls.stranger;
  const key = await x509.createKeyPair(algorithm);
  const now = await time.latest();
  const validity = { notBefore: now - DAY, notAfter: now + 10_000 * DAY };
  const { tbs } = x509.createRootTbs({
    key,
    subject: { commonName: "centre" },
    serial: x509.randomSerial(),
    ...validity,
  });
  const root = x509.parseCertificate(await x509.signTbs(tbs, key));
  const admission = {
    committeeId: hall.committeeId,
    epoch: 1,
    account: account.address,
    issuerKeyHash: root.key.keyHash,
    issuerIsP256: algorithm === "P-256",
    salt: ethers.id(root.key.keyHash),
  };
  const approval = await approvalOfData(hall, centreAdmissionTypedData(certificates.place, admission));
  const { centre: number } = await (await certificates.admitCentre({ ...admission, approval })).wait();
  return { number, key, root, account };
}

/** Retires a centre. */
export async function retire(hall: CertificatesHall, centre: number): Promise<void> {
  const { certificates } = hall.halls.stranger;
  const retirement = { committeeId: hall.committeeId, epoch: 1, centre };
  const approval = await approvalOfData(hall, centreRetirementTypedData(certificates.place, retirement));
  await (await certificates.retireCentre({ ...retirement, approval })).wait();
}

/** An application, and a certificate that its centre signed for it. */
export type Drafted = {
  readonly application: Application;
  readonly certificate: x509.Certificate;
  readonly result: CertificationResult;
};

/** Applies and has the centre sign. */
export async function draft(
  hall: CertificatesHall,
  centre: TestCentre,
  change: Partial<Application> = {},
  key?: x509.KeyPair,
): Promise<Drafted> {
  const subjectKey = key ?? (await x509.createKeyPair("P-256"));
  const applicant = hall.signers.holder.address;
  const names = { dns: ["localhost"], ip: ["127.0.0.1"] };
  const subject = { commonName: "device 7" };
  const request = await x509.createSigningRequest({ key: subjectKey, subject, names, chainId: 31_337n, applicant });
  const now = await time.latest();
  const application: Application = {
    committeeId: hall.committeeId,
    centre: centre.number,
    applicant,
    subjectKeyHash: request.key.keyHash,
    identityHash: ethers.id("identity"),
    possessionHash: request.possessionHash,
    notBefore: now - DAY,
    notAfter: now + 365 * DAY,
    deadline: now + 30 * DAY,
    ...change,
  };
  const { notBefore, notAfter } = application;
  const unsigned = x509.createTbs({ request, issuer: centre.root, serial: x509.randomSerial(), notBefore, notAfter });
  const certificate = x509.parseCertificate(await x509.signTbs(unsigned.tbs, centre.key));
  const isChecked = centre === hall.checked;
  const result = {
    committeeId: hall.committeeId,
    epoch: 1,
    applicationId: applicationIdOf(application),
    tbsHash: isChecked ? certificate.tbsHash : NO_HASH,
    contentHash: isChecked ? NO_HASH : certificate.contentHash,
    approved: true,
    reason: 0,
  };
  return { application, certificate, result };
}

/** Has the committee approve a draft, and issues it. */
export async function issue(
  hall: CertificatesHall,
  centre: TestCentre,
  { application, certificate, result }: Drafted,
): Promise<IssuedCertificate> {
  const { certificates } = hall.halls.stranger;
  const approved = { epoch: 1, approval: await approvalOf(hall, certificates.resultDigest(result)) };
  const issuer = centre.root.der;
  return (await certificates.issue({ application, certificate: certificate.der, issuer, approved })).wait();
}

/** The same with a draft of its own. */
export async function issued(
  hall: CertificatesHall,
  centre: TestCentre = hall.checked,
  change: Partial<Application> = {},
): Promise<IssuedCertificate & { readonly drafted: Drafted }> {
  const drafted = await draft(hall, centre, change);
  return { ...(await issue(hall, centre, drafted)), drafted };
}

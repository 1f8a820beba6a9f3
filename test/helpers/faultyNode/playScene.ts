import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";

import { id, sha256, Wallet, ZeroHash } from "ethers";

import {
  type Application,
  applicationIdOf,
  bitmapOf,
  centreAdmissionTypedData,
  certificateActions,
  type DealFile,
  encodeDealFile,
  hashTyped,
  type Hex,
  type Offer,
  offerIdOf,
  referralIdOf,
  saleIdOf,
  sendAction,
} from "../../../sdk/src/index.js";
import { approve, type Hall, loadHall, openSessions, playTo, time } from "../dealSessions.js";

/** A chain on which there is something to read of everything. */
export type Scene = {
  readonly hall: Hall;
  readonly directory: string;
  readonly committeeId: Hex;
  readonly digest: Hex;
  /** Of two of the committee's three members. */
  readonly approval: Hex;
  readonly file: DealFile;
  /** The merchant's file, as its session keeps it. */
  readonly kept: string;
  readonly offer: Offer;
  readonly saleId: Hex;
  readonly offerId: Hex;
  readonly referralId: Hex;
  /** A transaction that succeeded. */
  readonly transaction: Hex;
  readonly signature: Hex;
  /** A pool whose first cycle is published and final, and settled for its one user. */
  readonly poolId: Hex;
  readonly userId: Hex;
  readonly certificates: CertificatesScene;
};

/** A certificate that is frozen, of a committee of one. */
export type CertificatesScene = {
  readonly committeeId: string;
  readonly centre: number;
  readonly pem: string;
  readonly contentHash: string;
  readonly certificateId: string;
  readonly applicationId: string;
  readonly subjectKeyHash: string;
  readonly holder: string;
  /** Of the block in which it was frozen. */
  readonly header: { readonly number: number; readonly stateRoot: string; readonly timestamp: number };
};

/** Plays a referral until its rebate is promised, with a sale in escrow and a bond, and makes a committee. */
export async function playScene(): Promise<Scene> {
  const hall = await loadHall();
  await approve(hall, hall.signers.customer);
  const sessions = await openSessions(hall);
  await playTo(hall, sessions, "buyerSigned", {
    open: true,
    offer: { maxUses: 3 },
    sale: { paidElsewhere: false, refundableUntil: hall.moment },
  });
  await sessions.merchant.receive(sessions.customer.export());
  const { file } = sessions.merchant;
  const transaction = await hall.halls.merchant.deals.settleWithEvidence(file);
  await transaction.wait();
  await (await hall.halls.customer.deals.lodgePromise(sessions.customer.file)).wait();

  const keys = ["one", "two", "three"].map((name) => new Wallet(id(`member ${name}`)));
  const { committees } = hall.halls.merchant;
  const config = { members: keys.map(({ address }) => address), threshold: 2 };
  const { committeeId } = await (await committees.create({ salt: id("scene"), config })).wait();
  const digest = id("what is approved");
  const collector = await committees.collect({ committeeId, digest });
  for (const key of keys.slice(0, 2)) await collector.add({ signature: key.signingKey.sign(digest).serialized });

  const userId = id("a user");
  const poolId = await playPool(hall, userId);

  const { offer, sale, buyer } = file.body;
  if (offer === undefined || sale === undefined || buyer === undefined) throw new TypeError("the file is not complete");
  const offerId = offerIdOf(offer);
  return {
    hall,
    directory: hall.halls.merchant.context.addresses.Directory,
    committeeId,
    digest,
    approval: collector.build(),
    file,
    kept: encodeDealFile(file),
    offer,
    saleId: saleIdOf(sale),
    offerId,
    referralId: referralIdOf({ ...offer, offerId, buyer }),
    transaction: transaction.hash,
    signature: keys[0]!.signingKey.sign(digest).serialized,
    poolId,
    userId,
    certificates: await playCertificates(hall),
  };
}

/** Makes a pool of one user, the customer, and grants him his first units. */
async function playPool(hall: Hall, userId: Hex): Promise<Hex> {
  const { rewards } = hall.halls.merchant;
  const account = hall.signers.customer.address;
  const start = (await time.latest()) + 10;
  const created = await rewards.createPool({
    salt: id("scene"),
    config: {
      ...{ mode: "ROSTER", form: "BITMAP", totalUnits: 100n, grant: 7n, start, cycleLength: 60 },
      ...{ publishWindow: 10, disputeWindow: 10, actionWindow: 10, registrar: hall.signers.merchant.address },
      ...{ profitToken: hall.tokenAddress, share: 10n ** 15n, conditionHash: id("condition"), metadataUri: "uri" },
    },
  });
  const { poolId } = await created.wait();
  await (await rewards.bind({ poolId, users: [{ userId, account }] })).wait();
  await time.increaseTo(start + 60);
  const bitmap = bitmapOf({ count: 1, bits: Uint8Array.of(1) });
  await rewards.publishBitmap({ poolId, cycle: 0, bitmap, evidenceUri: "uri" });
  await time.increaseTo(start + 80);
  await (await rewards.settle({ poolId, userId, account, untilCycle: 1 })).wait();
  return poolId;
}

/** Issues a certificate, one of the roots that Node knows, and freezes it. */
async function playCertificates(hall: Hall): Promise<CertificatesScene> {
  const { committees, certificates, context } = hall.halls.merchant;
  const member = new Wallet(id("a centre that decides alone"));
  const config = { members: [member.address], threshold: 1 };
  const { committeeId } = await (await committees.create({ salt: id("centres"), config })).wait();
  const approve = async (digest: string): Promise<string> => {
    const collector = await committees.collect({ committeeId, digest });
    await collector.add({ signature: member.signingKey.sign(digest).serialized });
    return collector.build();
  };
  const account = hall.signers.merchant.address;
  const issuer = { account, issuerKeyHash: id("an issuer"), issuerIsP256: false };
  const admission = { committeeId, epoch: 1, ...issuer, salt: id("scene") };
  const admitted = await approve(hashTyped(centreAdmissionTypedData(certificates.place, admission)));
  const { centre } = await (await certificates.admitCentre({ ...admission, approval: admitted })).wait();

  const pem = rootCertificates[0] ?? "";
  const contentHash = sha256(new X509Certificate(pem).raw);
  const now = await time.latest();
  const holder = hall.signers.customer.address;
  const application: Application = {
    ...{ committeeId, centre, applicant: holder, subjectKeyHash: id("a key"), identityHash: id("an identity") },
    ...{ possessionHash: id("a request"), notBefore: now - 10, notAfter: now + 10 ** 8, deadline: now + 1_000 },
  };
  const applicationId = applicationIdOf(application);
  const about = { committeeId, epoch: 1, applicationId, approved: true, reason: 0 };
  const digest = certificates.resultDigest({ ...about, tbsHash: ZeroHash, contentHash });
  const approved = { epoch: 1, approval: await approve(digest) };
  const action = certificateActions.issue(certificates.address, { application, contentHash, approved });
  const { certificateId, subjectKeyHash } = await (await sendAction(context, action)).wait();
  await (await certificates.freeze({ certificateId, reason: 6, by: { as: "CENTRE" } })).wait();
  const block = await context.provider.getBlock("latest");
  const { number = 0, stateRoot, timestamp = 0 } = block ?? {};
  const header = { number, stateRoot: stateRoot ?? "", timestamp };
  return {
    ...{ committeeId, centre, pem, contentHash, certificateId, applicationId, subjectKeyHash, holder, header },
  };
}

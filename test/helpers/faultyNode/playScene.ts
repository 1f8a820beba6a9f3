import { id, Wallet } from "ethers";

import {
  bitmapOf,
  type DealFile,
  encodeDealFile,
  type Hex,
  type Offer,
  offerIdOf,
  referralIdOf,
  saleIdOf,
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

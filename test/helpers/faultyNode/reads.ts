import { id, ZeroHash } from "ethers";

import {
  ApprovalCollector,
  chainClock,
  checkApproval,
  createAction,
  Guildhall,
  MerchantSession,
  readCommittee,
  readDealFacts,
  readEpoch,
  readTokenFacts,
  referralDealsAbi,
  simulateAction,
  Transaction,
  verifyDealFile,
  verifySignature,
} from "../../../sdk/src/index.js";
import { provider as chain } from "../dealSessions.js";
import { connectThrough, type PatientProvider } from "./connectThrough.js";
import type { FaultyNode } from "./FaultyNode.js";
import type { Scene } from "./playScene.js";

/** What a read is given: a connection made while the node was honest, and what there is to read. */
export type ReadContext = {
  readonly hall: Guildhall;
  readonly provider: PatientProvider;
  readonly node: FaultyNode;
  readonly scene: Scene;
};

/** Reads something, and gives it as plain data. */
export type Read = (context: ReadContext) => Promise<unknown>;

/** Milliseconds for what would wait as long as it is let. */
const WAIT = 120;

const connect: Read = async ({ provider, scene: { directory } }) =>
  (await Guildhall.connect(provider, { directory })).context.addresses;

async function transactionOf({ provider, scene, hall }: ReadContext): Promise<Transaction<unknown>> {
  const response = await scene.hall.halls.merchant.context.provider.getTransaction(scene.transaction);
  if (response === null) throw new TypeError("the scene's transaction is gone");
  const action = createAction({
    abi: referralDealsAbi,
    to: hall.deals.address,
    method: "increaseCounter",
    args: [],
    event: "DealSettled",
    result: ({ referralId, amount }) => ({ referralId, amount }),
  });
  return new Transaction(action, response, provider);
}

async function openMerchant({ hall, scene, provider }: ReadContext): Promise<MerchantSession> {
  return MerchantSession.open({
    signer: scene.hall.signers.merchant,
    clock: chainClock(provider),
    reader: hall.deals.reader,
    store: { load: () => Promise.resolve(scene.kept), save: () => Promise.resolve() },
  });
}

const mineBlock = (): Promise<unknown> => chain.request({ method: "evm_mine", params: [] });

/** What a watcher of deals tells of the past, or the first thing that went wrong. */
const watched: Read = async ({ hall }) =>
  tellings(4, (listener, onError) => hall.deals.watch(listener, { fromBlock: 0, onError }));

/** The same of a watcher of certificates. */
const watchedCertificates: Read = async ({ hall }) =>
  tellings(2, (listener, onError) => hall.certificates.watch(listener, { fromBlock: 0, onError }));

async function tellings(
  count: number,
  watch: (listener: (event: unknown) => void, onError: (error: unknown) => void) => () => Promise<void>,
): Promise<unknown> {
  const told: unknown[] = [];
  const done = Promise.withResolvers<undefined>();
  // What was not told by then is told with the next block, or never.
  const mine = setTimeout(() => void mineBlock(), WAIT);
  const timer = setTimeout(() => {
    done.resolve(undefined);
  }, 6 * WAIT);
  const stop = watch((event) => {
    told.push(event);
    if (told.length === count) done.resolve(undefined);
  }, done.reject);
  try {
    await done.promise;
    return told;
  } finally {
    clearTimeout(mine);
    clearTimeout(timer);
    await stop();
  }
}

const claim = ({ committeeId, digest, approval }: Scene) => ({ committeeId, digest, approval });

/**
 * Every public way to ask a node something, by the name under which the SDK exports it (and, after a comma, which case). A
 * test fails where one is missing.
 */
export const reads: Readonly<Record<string, Read>> = {
  "Guildhall.connect": connect,
  "Guildhall.connect, for the first time": async (context) => {
    const provider = connectThrough(context.node);
    provider.patience = context.provider.patience;
    try {
      return await connect({ ...context, provider });
    } finally {
      provider.destroy();
    }
  },
  chainClock: ({ provider }) => chainClock(provider)(),

  "DirectoryClient.addressOf": ({ hall }) => hall.directory.addressOf("ReferralDeals"),
  "DirectoryClient.entries": ({ hall }) => hall.directory.entries(),
  "DirectoryClient.previous": ({ hall }) => hall.directory.previous(),

  readCommittee: ({ hall, scene }) => readCommittee(hall.context, scene.committeeId),
  readEpoch: ({ hall, scene }) => readEpoch(hall.context, scene.committeeId),
  "CommitteesClient.read": ({ hall, scene }) => hall.committees.read(scene.committeeId),
  "CommitteesClient.epoch": ({ hall, scene }) => hall.committees.epoch(scene.committeeId, 1),
  "CommitteesClient.collect": async ({ hall, scene }) => (await hall.committees.collect(scene)).epoch,
  "CommitteesClient.check": ({ hall, scene }) => hall.committees.check(claim(scene)),
  "CommitteesClient.check, of too few": ({ hall, scene }) =>
    hall.committees.check({ ...claim(scene), digest: id("something else") }),
  "CommitteesClient.isApproved": ({ hall, scene }) => hall.committees.isApproved(claim(scene)),
  "CommitteesClient.isApproved, of something else": ({ hall, scene }) =>
    hall.committees.isApproved({ ...claim(scene), digest: id("something else") }),
  "CommitteesClient.requireApproval": ({ hall, scene }) => hall.committees.requireApproval(claim(scene)),
  "CommitteesClient.requireApproval, of something else": ({ hall, scene }) =>
    hall.committees.requireApproval({ ...claim(scene), digest: id("something else") }),
  "CommitteesClient.requireAttributableApproval": ({ hall, scene }) =>
    hall.committees.requireAttributableApproval(claim(scene)),
  checkApproval: async ({ hall, provider, scene }) =>
    checkApproval({
      ...hall.committees.place,
      ...claim(scene),
      epoch: await hall.committees.epoch(scene.committeeId),
      now: 1,
      provider,
    }),
  "ApprovalCollector.add": async ({ hall, provider, scene }) => {
    const epoch = await scene.hall.halls.merchant.committees.epoch(scene.committeeId);
    // The token is no wallet: the node has to be asked for that.
    const members = [scene.hall.tokenAddress, ...epoch.members.slice(1)];
    const { digest, signature } = scene;
    const collector = new ApprovalCollector({
      ...hall.committees.place,
      epoch: { ...epoch, members },
      digest,
      provider,
    });
    await collector.add({ member: scene.hall.tokenAddress, signature: `${signature}00` });
    return collector.missing;
  },

  "DealsClient.saleStateOf": ({ hall, scene }) => hall.deals.saleStateOf(scene.saleId),
  "DealsClient.saleStateOf, of none": ({ hall }) => hall.deals.saleStateOf(ZeroHash),
  "DealsClient.saleOf": ({ hall, scene }) => hall.deals.saleOf(scene.saleId),
  "DealsClient.offerStatusOf": ({ hall, scene }) => hall.deals.offerStatusOf(scene.offerId),
  "DealsClient.referralStatusOf": ({ hall, scene }) => hall.deals.referralStatusOf(scene.referralId),
  "DealsClient.counterOf": ({ hall, scene }) => hall.deals.counterOf(scene.offer.merchant),
  "DealsClient.usesLeftOf": ({ hall, scene }) => hall.deals.usesLeftOf(scene.offer),
  "DealsClient.factsOf": ({ hall, scene }) => hall.deals.factsOf(scene.file),
  "DealsClient.missingFor": ({ hall, scene }) => hall.deals.missingFor("payRebate", scene.file),
  "DealsClient.history": ({ hall }) => hall.deals.history(),
  "DealsClient.history, of one id": ({ hall, scene }) => hall.deals.history({ id: scene.referralId }),
  "DealsClient.watch": watched,
  "DealsClient.claims": ({ hall }) => hall.deals.claims(),
  "DealsClient.booksOf": ({ hall, scene }) => hall.deals.booksOf(scene.hall.tokenAddress),

  "DealsReader.saleOf": ({ hall, scene }) => hall.deals.reader.saleOf(scene.saleId),
  "DealsReader.offerStatusOf": ({ hall, scene }) => hall.deals.reader.offerStatusOf(scene.offerId),
  "DealsReader.referralStatusOf": ({ hall, scene }) => hall.deals.reader.referralStatusOf(scene.referralId),
  "DealsReader.counterOf": ({ hall, scene }) => hall.deals.reader.counterOf(scene.offer.merchant),
  "DealsReader.usesOf": ({ hall, scene }) => hall.deals.reader.usesOf(scene.offer),
  "DealsReader.dealUnder": ({ hall, scene }) => hall.deals.reader.dealUnder(scene.referralId),
  "DealsReader.dealUnder, of none": ({ hall }) => hall.deals.reader.dealUnder(ZeroHash),
  "DealsReader.fundsOf": ({ hall, scene }) => hall.deals.reader.fundsOf(scene.hall.tokenAddress, scene.offer.merchant),
  "DealsReader.tokenFactsOf": ({ hall, scene }) =>
    hall.deals.reader.tokenFactsOf(scene.hall.tokenAddress, scene.offer.merchant),
  "DealsReader.verify": ({ hall, scene }) =>
    hall.deals.reader.verify({ account: scene.offer.merchant, digest: scene.digest, signature: scene.signature }),
  "RewardsClient.pool": ({ hall, scene }) => hall.rewards.pool(scene.poolId),
  "RewardsClient.pool, of none": ({ hall }) => hall.rewards.pool(ZeroHash),
  "RewardsClient.member": ({ hall, scene }) => hall.rewards.member(scene.poolId, scene.userId),
  "RewardsClient.userIdOf": ({ hall, scene }) => hall.rewards.userIdOf(scene.poolId, scene.offer.customer),
  "RewardsClient.holdingOf": ({ hall, scene }) => hall.rewards.holdingOf(scene.poolId, scene.userId, 1),
  "RewardsClient.answerOf": ({ hall, scene }) => hall.rewards.answerOf(scene.poolId, scene.userId, 0),
  "RewardsClient.isPublished": ({ hall, scene }) => hall.rewards.isPublished(scene.poolId, 0),
  "RewardsClient.nextRevision": ({ hall, scene }) => hall.rewards.nextRevision(scene.poolId, 0),
  "RewardsClient.presentCycle": ({ hall, scene }) => hall.rewards.presentCycle(scene.poolId),
  "RewardsClient.depositFor": ({ hall, scene }) => hall.rewards.depositFor(scene.poolId, 10n ** 6n),
  "RewardsClient.missingForReport": ({ hall, scene }) => hall.rewards.missingForReport(scene.poolId, 0, 10n ** 6n),
  "RewardsClient.missingForPublish": ({ hall, scene }) => hall.rewards.missingForPublish(scene.poolId, 1),
  "RewardsClient.history": ({ hall, scene }) => hall.rewards.history({ poolId: scene.poolId }),

  "CertificatesClient.certificateOf": ({ hall, scene }) =>
    hall.certificates.certificateOf(scene.certificates.certificateId),
  "CertificatesClient.certificateOf, of none": ({ hall }) => hall.certificates.certificateOf(ZeroHash),
  "CertificatesClient.centreOf": ({ hall, scene }) => hall.certificates.centreOf(scene.certificates.centre),
  "CertificatesClient.applicationOf": ({ hall, scene }) =>
    hall.certificates.applicationOf(scene.certificates.applicationId),
  "CertificatesClient.resultsOf": ({ hall, scene }) => hall.certificates.resultsOf(scene.certificates.applicationId, 1),
  "CertificatesClient.isHeld": ({ hall, scene }) => hall.certificates.isHeld(scene.certificates),
  "CertificatesClient.successorOf": ({ hall, scene }) =>
    hall.certificates.successorOf(scene.certificates.certificateId),
  "CertificatesClient.successorsOf": ({ hall, scene }) =>
    hall.certificates.successorsOf(scene.certificates.certificateId),
  "CertificatesClient.verdictOf": ({ hall, scene: { certificates } }) =>
    hall.certificates.verdictOf(certificates.certificateId, certificates.contentHash),
  "CertificatesClient.verifyMany": ({ hall, scene: { certificates } }) =>
    hall.certificates.verifyMany(certificates.committeeId, [certificates.contentHash, ZeroHash]),
  "CertificatesClient.verify": async ({ hall, scene: { certificates } }) => {
    const { certificate: _, ...report } = await hall.certificates.verify(certificates.pem, certificates);
    return report;
  },
  "CertificatesClient.verify, of the past": async ({ hall, scene: { certificates } }) => {
    const at = certificates.header.timestamp;
    const { certificate: _, ...report } = await hall.certificates.verify(certificates.pem, { ...certificates, at });
    return report;
  },
  "CertificatesClient.proveState": ({ hall, scene: { certificates } }) =>
    hall.certificates.proveState(certificates.certificateId, certificates.header),
  "CertificatesClient.history": ({ hall, scene }) => hall.certificates.history(scene.certificates.certificateId),
  "CertificatesClient.events": ({ hall, scene }) => hall.certificates.events({ id: scene.certificates.certificateId }),
  "CertificatesClient.watch": watchedCertificates,
  "CertificatesClient.draftRequest": ({ hall, scene: { certificates } }) =>
    hall.certificates.draftRequest({
      ...{ certificateId: certificates.certificateId, operation: "UNFREEZE", requester: "CENTRE" },
      deadline: 2 ** 40 - 2,
    }),

  readTokenFacts: ({ provider, scene }) => readTokenFacts(provider, scene.hall.tokenAddress, scene.offer.merchant),
  readDealFacts: ({ hall, scene }) => readDealFacts(scene.file, hall.deals.reader, 1n),
  "verifyDealFile, of a forged one": async ({ hall, scene }) => {
    // Of a signature that no key made, the node has to be asked.
    const [first] = scene.file.signatures;
    const forged = first === undefined ? [] : [{ ...first, signature: scene.signature }];
    await verifyDealFile({ ...scene.file, signatures: forged }, hall.deals.reader.verify);
  },
  "DealSession.nextStep": async (context) => (await openMerchant(context)).nextStep(),
  "DealSession.facts": async (context) => (await openMerchant(context)).facts(),
  verifySignature: ({ provider, scene }) =>
    verifySignature({ account: scene.offer.merchant, digest: scene.digest, signature: scene.signature, provider }),
  "verifySignature, of a contract that is no wallet": ({ provider, scene }) =>
    verifySignature({ account: scene.hall.tokenAddress, digest: scene.digest, signature: scene.signature, provider }),
  simulateAction: async ({ hall, scene }) => {
    const action = createAction({
      abi: referralDealsAbi,
      to: hall.deals.address,
      method: "cancelOffer",
      args: [{ ...scene.offer, saleId: ZeroHash, policy: 0n, rebateRule: 0n, ...numbersOf(scene) }],
      event: "OfferCancelled",
      result: ({ offerId }) => offerId,
    });
    await simulateAction(hall.context, action, scene.offer.customer);
  },
  "Transaction.wait": async (context) => (await transactionOf(context)).wait({ timeout: WAIT }),
  "Transaction.receipt": async (context) => {
    const { hash, blockHash, status, logs } = await (await transactionOf(context)).receipt({ timeout: WAIT });
    return { hash, blockHash, status, logs: logs.map(({ topics, data }) => [topics, data]) };
  },
};

function numbersOf({ offer }: Scene) {
  const { discount, rebateMoment, maxUses, counter } = offer;
  return {
    discount,
    rebateMoment: BigInt(rebateMoment),
    maxUses: BigInt(maxUses),
    counter: BigInt(counter),
  };
}

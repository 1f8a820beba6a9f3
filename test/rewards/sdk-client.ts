import { expect } from "chai";

import { cycleTimes, profitDeposit, type RewardError, rosterOf } from "../../sdk/src/index.js";
import { rosterTree } from "../helpers/rosterTree.js";
import {
  approve,
  bitmapFor,
  collect,
  createPool,
  ethers,
  GRANT,
  loadRewards,
  networkHelpers,
  provider,
  reportsOf,
  SHARE,
  toMoment,
} from "./sdk-fixture.js";

const YES_NO = (_: unknown, index: number) => index % 2 === 0;

async function caught(promise: Promise<unknown>): Promise<RewardError> {
  return promise.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error as RewardError,
  );
}

describe("rewards SDK", () => {
  describe("a pool with bitmaps", () => {
    it("goes from its making to the last claim and its closing", async () => {
      const hall = await loadRewards();
      const { operator, stranger } = hall.halls;
      const pool = await createPool(hall);
      const { poolId } = pool;
      const holder = hall.users[0]!;
      const loser = hall.users[1]!;
      expect(pool).to.deep.include({
        mode: "ROSTER",
        form: "BITMAP",
        availableUnits: 1_000n,
        outstandingUnits: 0n,
        maxUnits: undefined,
        endCycle: undefined,
        verifier: undefined,
        userCount: 20,
        operator: hall.signers.operator.address,
      });
      expect(await stranger.rewards.userIdOf(poolId, holder.account)).to.equal(holder.userId);
      expect(await stranger.rewards.userIdOf(poolId, hall.signers.stranger.address)).to.equal(undefined);
      expect(await stranger.rewards.presentCycle(poolId)).to.equal(undefined);

      await toMoment(pool, 0, "end");
      expect(await stranger.rewards.presentCycle(poolId)).to.equal(1);
      expect(await stranger.rewards.missingForPublish(poolId, 0)).to.deep.equal([]);
      const bitmap = bitmapFor(hall.users.map(YES_NO));
      const published = await operator.rewards.publishBitmap({ poolId, cycle: 0, bitmap, evidenceUri: "uri" });
      expect(published).to.deep.include({ stored: 1, published: true, roster: rosterOf(bitmap.figures, "uri") });
      expect(await stranger.rewards.answerOf(poolId, holder.userId, 0)).to.equal("YES");
      expect(await stranger.rewards.answerOf(poolId, loser.userId, 0)).to.equal("NO");
      expect(await stranger.rewards.answerOf(poolId, holder.userId, 1)).to.equal("NONE");

      await toMoment(pool, 0, "finalFrom");
      expect(await stranger.rewards.holdingOf(poolId, holder.userId, 1)).to.deep.equal({ units: GRANT, nextCycle: 1 });
      const first = await (await stranger.rewards.settle({ poolId, ...holder, untilCycle: 1 })).wait();
      expect(first).to.deep.equal({ userId: holder.userId, settled: true, nextCycle: 1, units: GRANT });
      const rest = hall.users.slice(1);
      const outcomes = await (await stranger.rewards.settleBatch({ poolId, users: hall.users, untilCycle: 1 })).wait();
      expect(outcomes[0]).to.deep.equal({ userId: holder.userId, settled: false, refusal: "NOT_FINAL" });
      expect(outcomes.slice(1)).to.deep.equal(
        rest.map(({ userId }, index) => {
          return { userId, settled: true, nextCycle: 1, units: index % 2 === 1 ? GRANT : 0n };
        }),
      );
      expect(await stranger.rewards.contract.balanceOf(holder.account, poolId)).to.equal(GRANT);

      // 100 units are out: 12,345 base units of profit are 12 for each, and 345 thousandths are carried.
      const before = await stranger.rewards.missingForReport(poolId, 0, 12_345n);
      expect(before).to.deep.equal([{ kind: "allowance", account: hall.signers.operator.address, short: 1_200n }]);
      const report = { poolId, cycle: 0, profit: 12_345n, reportHash: ethers.id("accounts") };
      const refused = await caught(operator.rewards.reportProfit(report));
      expect(refused).to.deep.include({ name: "RewardError", code: "REWARD_ALLOWANCE_SHORT" });
      expect(refused.args).to.deep.include({ required: 1_200n, actual: 0n });
      await hall.token.approve(operator.rewards.address, 1_200n);
      expect(await stranger.rewards.missingForReport(poolId, 0, 12_345n)).to.deep.equal([]);
      const reported = await (await operator.rewards.reportProfit(report)).wait();
      expect(reported).to.deep.include({ cycle: 0, perUnit: 12n, deposit: 1_200n, outstandingUnits: 100n });
      const after = await stranger.rewards.pool(poolId);
      expect(after).to.deep.include({ reportCount: 1, deposited: 1_200n, carry: 345n * SHARE });
      expect(await hall.token.balanceOf(operator.rewards.address)).to.equal(1_200n);
      expect(profitDeposit(after, 655n)).to.deep.equal({ perUnit: 1n, deposit: 100n, carry: 0n });

      expect((await stranger.rewards.member(poolId, holder.userId))?.owed).to.equal(120n);
      const claimed = await (await stranger.rewards.claim({ poolId, userId: holder.userId })).wait();
      expect(claimed).to.deep.include({ account: holder.account, amount: 120n });
      await hall.token.setReceiverBlocked(hall.users[2]!.account, true);
      const userIds = hall.users.map(({ userId }) => userId);
      const claims = await collect(stranger.rewards.claimAll({ poolId, userIds }));
      expect(claims.filter(({ paid }) => paid)).to.have.length(8);
      expect(claims.map((claim) => "error" in claim && claim.error !== undefined)).to.deep.equal(
        hall.users.map((_, index) => index === 2),
      );
      await hall.token.setReceiverBlocked(hall.users[2]!.account, false);
      expect(await collect(stranger.rewards.claimAll({ poolId, userIds }))).to.deep.include.members([
        { userId: userIds[0], paid: false },
      ]);
      expect(await hall.token.balanceOf(operator.rewards.address)).to.equal(0n);

      const { endCycle } = await (await operator.rewards.announceEnd({ poolId })).wait();
      expect(endCycle).to.equal(2);
      await networkHelpers.time.increaseTo(cycleTimes(pool, 1).actionUntil);
      await (await operator.rewards.reportProfit({ ...report, cycle: 1, profit: 0n })).wait();
      await (await operator.rewards.closePool({ poolId })).wait();
      expect(await stranger.rewards.pool(poolId)).to.deep.include({ closed: true, endCycle: 2 });

      const history = await stranger.rewards.history({ poolId, names: ["RosterPublished", "ProfitReported"] });
      expect(history.map(({ name }) => name)).to.deep.equal(["RosterPublished", "ProfitReported", "ProfitReported"]);
      const all = await stranger.rewards.history();
      expect(all.filter(({ name }) => name === "TransferSingle")).to.have.length(11);
      expect(all[0]?.args).to.deep.include({ poolId, mode: "ROSTER", form: "BITMAP" });
    });

    it("changes its units, share and verifier", async () => {
      const hall = await loadRewards();
      const { operator, stranger } = hall.halls;
      const change = { mode: "BOTH", totalUnits: 500n, verifier: hall.verifier, verifierDelay: 1_077 } as const;
      const { poolId } = await createPool(hall, change, []);
      expect(await (await operator.rewards.topUp({ poolId, units: 100n })).wait()).to.include({ totalUnits: 600n });
      const share = SHARE + 1n;
      const raised = await (await operator.rewards.raiseShare({ poolId, share })).wait();
      expect(raised).to.include({ previousShare: SHARE, share });
      const next = ethers.id("another committee");
      const { from } = await (await operator.rewards.changeVerifier({ poolId, verifier: next })).wait();
      const pool = await stranger.rewards.pool(poolId);
      expect(pool).to.deep.include({ verifier: hall.verifier, nextVerifier: next, nextVerifierFrom: from });
    });

    it("needs operator and verifier in mode BOTH", async () => {
      const hall = await loadRewards();
      const { operator, stranger } = hall.halls;
      const pool = await createPool(hall, { mode: "BOTH", verifier: hall.verifier });
      const { poolId } = pool;
      await toMoment(pool, 0, "end");
      const rosters = { poolId, cycle: 0, evidenceUri: "uri" };
      const all = bitmapFor(hall.users.map(() => true));
      await operator.rewards.publishBitmap({ ...rosters, bitmap: all });
      const bitmap = bitmapFor(hall.users.map(YES_NO));
      const verdict = await approve(hall, pool, 0, rosterOf(bitmap.figures, "uri"));
      const published = await stranger.rewards.publishBitmap({ ...rosters, bitmap, verdict });
      expect(published).to.deep.include({ stored: 1, published: true });
      expect(await stranger.rewards.nextRevision(poolId, 0)).to.equal(2);
      expect(await stranger.rewards.isPublished(poolId, 0, "VERIFIER")).to.equal(true);
      await toMoment(pool, 0, "finalFrom");
      const reports = await reportsOf(stranger.rewards.settleUsers({ poolId, users: hall.users }));
      expect(reports.map((report) => report.status === "settled" && report.units)).to.deep.equal(
        hall.users.map((_, index) => (index % 2 === 0 ? GRANT : 0n)),
      );
    });
  });

  describe("a pool with roots", () => {
    it("grants and reclaims by proofs, alone and together", async () => {
      const hall = await loadRewards();
      const { operator, stranger } = hall.halls;
      const pool = await createPool(hall, { form: "ROOT" });
      const { poolId } = pool;
      const user = hall.users[0]!;
      const listed = hall.users.map(({ userId }) => ({ userId, eligible: true }));
      const tree = rosterTree(poolId, 0, listed);
      await toMoment(pool, 0, "end");
      const published = await (await operator.rewards.publish({ poolId, cycle: 0, roster: tree.roster })).wait();
      expect(published).to.deep.include({ source: "OPERATOR", count: 20, eligible: 20, root: tree.roster.root });
      await toMoment(pool, 0, "finalFrom");
      const proof = await tree.proofOf(user.userId);
      const settled = await (await stranger.rewards.settleWithProof({ poolId, ...user, cycle: 0, ...proof })).wait();
      expect(settled).to.deep.equal({ userId: user.userId, settled: true, nextCycle: 1, units: GRANT });
      const { users, ...multi } = await tree.multiProofOf(hall.users.map(({ userId }) => userId));
      const accounts = new Map(hall.users.map(({ userId, account }) => [userId, account]));
      const proven = users.map((each) => ({ ...each, account: accounts.get(each.userId)! }));
      const batch = await stranger.rewards.settleBatchWithProof({ poolId, cycle: 0, users: proven, ...multi });
      const outcomes = await batch.wait();
      expect(outcomes.filter((outcome) => outcome.settled)).to.have.length(19);
      expect(outcomes.filter((outcome) => !outcome.settled)).to.deep.equal([
        { userId: user.userId, settled: false, refusal: "ALREADY_SETTLED" },
      ]);

      const second = rosterTree(
        poolId,
        1,
        hall.users.map(({ userId }, index) => ({ userId, eligible: index > 0 })),
      );
      await toMoment(pool, 1, "end");
      await (await operator.rewards.publish({ poolId, cycle: 1, roster: second.roster })).wait();
      await toMoment(pool, 1, "finalFrom");
      const answer = await second.proofOf(user.userId);
      const lost = await (await stranger.rewards.settleWithProof({ poolId, ...user, cycle: 1, ...answer })).wait();
      expect(lost).to.deep.equal({ userId: user.userId, settled: true, nextCycle: 2, units: -GRANT });
    });

    it("settles by two proofs in mode BOTH", async () => {
      const hall = await loadRewards();
      const { operator, stranger } = hall.halls;
      const pool = await createPool(hall, { form: "ROOT", mode: "BOTH", verifier: hall.verifier });
      const { poolId } = pool;
      const roster = rosterTree(
        poolId,
        0,
        hall.users.map(({ userId }) => ({ userId, eligible: true })),
      );
      const verdict = rosterTree(
        poolId,
        0,
        hall.users.map(({ userId }, i) => ({ userId, eligible: i % 2 === 0 })),
      );
      await toMoment(pool, 0, "end");
      await (await operator.rewards.publish({ poolId, cycle: 0, roster: roster.roster })).wait();
      const approval = await approve(hall, pool, 0, verdict.roster);
      const sent = await stranger.rewards.publish({ poolId, cycle: 0, roster: verdict.roster, verdict: approval });
      expect(await sent.wait()).to.include({ source: "VERIFIER" });
      await toMoment(pool, 0, "finalFrom");
      const user = hall.users[0]!;
      const answers = { roster: await roster.proofOf(user.userId), verdict: await verdict.proofOf(user.userId) };
      const settled = await (await stranger.rewards.settleWithProofs({ poolId, ...user, cycle: 0, ...answers })).wait();
      expect(settled.units).to.equal(GRANT);
      const lists = { proofs: roster, verdictProofs: verdict };
      const reports = await reportsOf(stranger.rewards.settleUsers({ poolId, cycle: 0, users: hall.users, ...lists }));
      expect(reports.filter(({ status }) => status === "already")).to.have.length(1);
      expect(reports.filter((report) => report.status === "settled" && report.units === GRANT)).to.have.length(9);
      expect(reports.filter((report) => report.status === "settled" && report.units === 0n)).to.have.length(10);
    });

    it("throws out a root that says yes and no of one user", async () => {
      const hall = await loadRewards();
      const { operator, stranger } = hall.halls;
      const pool = await createPool(hall, { form: "ROOT" });
      const { poolId } = pool;
      const userId = hall.users[0]!.userId;
      const yes = rosterTree(poolId, 0, [{ userId, eligible: true }]);
      const no = rosterTree(poolId, 0, [{ userId, eligible: false }]);
      const [a, b] = [yes.roster.root, no.roster.root];
      const root = ethers.keccak256(BigInt(a) < BigInt(b) ? ethers.concat([a, b]) : ethers.concat([b, a]));
      await toMoment(pool, 0, "end");
      await (await operator.rewards.publish({ poolId, cycle: 0, roster: { ...yes.roster, root, count: 2 } })).wait();
      const proofs = { yesProof: [b], noProof: [a] };
      const voided = await stranger.rewards.voidRoot({ poolId, cycle: 0, source: "OPERATOR", userId, ...proofs });
      expect(await voided.wait()).to.deep.include({ root, source: "OPERATOR", userId });
      expect(await stranger.rewards.isPublished(poolId, 0)).to.equal(false);
      // It can be corrected, even where the publish window is over.
      await networkHelpers.time.increaseTo(cycleTimes(pool, 0).publishUntil);
      expect(await stranger.rewards.missingForPublish(poolId, 0)).to.deep.equal([]);
      await (await operator.rewards.publish({ poolId, cycle: 0, roster: yes.roster })).wait();
      expect(await stranger.rewards.isPublished(poolId, 0)).to.equal(true);
    });
  });

  describe("a pool with an indicator", () => {
    it("settles by the total that another contract tells, once it knows it", async () => {
      const hall = await loadRewards();
      const { stranger } = hall.halls;
      const indicator = `0x${"1d".repeat(20)}`;
      // Answers (known, 10).
      const answering = (known: 0 | 1) => `0x600${known}600052600a60205260406000f3`;
      await provider.request({ method: "hardhat_setCode", params: [indicator, answering(0)] });
      const pool = await createPool(hall, { mode: "INDICATOR", form: "ROOT", indicator, threshold: 10n });
      const { poolId } = pool;
      await toMoment(pool, 0, "finalFrom");
      const settle = () => reportsOf(stranger.rewards.settleUsers({ poolId, users: hall.users, untilCycle: 1 }));
      expect(await settle()).to.deep.equal(
        hall.users.map(({ userId }) => ({ userId, status: "refused", refusal: "NOT_FINAL" })),
      );
      await provider.request({ method: "hardhat_setCode", params: [indicator, answering(1)] });
      const granted = hall.users.map(({ userId }) => ({ userId, status: "settled", nextCycle: 1, units: GRANT }));
      expect(await settle()).to.deep.equal(granted);
    });
  });

  describe("errors", () => {
    it("say what to do", async () => {
      const hall = await loadRewards();
      const { operator, stranger } = hall.halls;
      const { poolId } = await createPool(hall, {}, []);
      const error = await caught(stranger.rewards.topUp({ poolId, units: 1n }));
      expect(error).to.deep.include({ code: "CONTRACT_REVERT", name: "RewardPoolNotOperator" });
      expect(error.advice).to.equal("Send it from the operator's account.");
      expect(await caught(operator.rewards.topUp({ poolId, units: 10_000n }))).to.deep.include({
        name: "RewardPoolShareTooLarge",
      });
      expect(await caught(stranger.rewards.pool(ethers.id("nothing")))).to.include({ name: "RewardPoolUnknown" });
    });
  });
});

import { expect } from "chai";
import { encodeBytes32String, id, ZeroAddress, ZeroHash } from "ethers";

import {
  at,
  configOf,
  CYCLE,
  DISPUTE,
  Form,
  GRANT,
  loadWorld,
  Mode,
  NO_END,
  type PoolConfig,
  poolIdOf,
  refused,
  SHARE,
  TOTAL,
} from "../helpers/rewards.js";

const SALT = id("a new pool");
const MAX_24 = 2n ** 24n - 1n;
const MAX_32 = 2n ** 32n - 1n;
const MAX_40 = 2n ** 40n - 1n;

/** A figure just out of its range, and the nearest one in it. */
const OUT_OF_RANGE: readonly {
  readonly field: string;
  readonly name: string;
  readonly min: bigint;
  readonly max: bigint;
  readonly unsound: bigint;
  readonly sound: bigint;
}[] = [
  { field: "totalUnits", name: "no units", min: 1n, max: MAX_40, unsound: 0n, sound: GRANT },
  { field: "grant", name: "a grant of nothing", min: 1n, max: TOTAL, unsound: 0n, sound: 1n },
  {
    field: "grant",
    name: "a grant of more than all units",
    min: 1n,
    max: TOTAL,
    unsound: TOTAL + 1n,
    sound: TOTAL,
  },
  { field: "cycleLength", name: "cycles below a minute", min: 60n, max: MAX_32, unsound: 59n, sound: 60n },
  {
    field: "publishWindow",
    name: "no publish window",
    min: 1n,
    max: MAX_24 - DISPUTE,
    unsound: 0n,
    sound: 1n,
  },
  {
    field: "publishWindow",
    name: "windows that do not fit together",
    min: 1n,
    max: MAX_24 - DISPUTE,
    unsound: MAX_24 - DISPUTE + 1n,
    sound: MAX_24 - DISPUTE,
  },
  { field: "actionWindow", name: "no action window", min: 1n, max: 64n * 60n, unsound: 0n, sound: 1n },
  {
    field: "actionWindow",
    name: "an action window beyond 64 cycles",
    min: 1n,
    max: 64n * 60n,
    unsound: 64n * 60n + 1n,
    sound: 64n * 60n,
  },
  {
    field: "maxUnits",
    name: "a limit that lets no grant through",
    min: GRANT,
    max: MAX_32,
    unsound: GRANT - 1n,
    sound: GRANT,
  },
];

describe("RewardPool", () => {
  describe("createPool", () => {
    async function fixture() {
      const world = await loadWorld();
      const config = await configOf(world);
      const create = async (changes: Partial<PoolConfig> = {}) =>
        world.pool.connect(world.operator).createPool(SALT, { ...config, ...changes });
      return { world, config, create, poolId: poolIdOf(world.operator.address, SALT) };
    }

    for (const { field, name, min, max, unsound, sound } of OUT_OF_RANGE) {
      it(`reverts for ${name}`, async () => {
        const { world, create } = await fixture();
        const beside = { cycleLength: 60n, actionWindow: 60n };
        const args = [encodeBytes32String(field), min, max, unsound];
        await refused(world, create({ ...beside, [field]: unsound }), "RewardPoolOutOfRange", args, async () =>
          create({ ...beside, [field]: sound }),
        );
      });
    }

    it("reverts for a verifier that may be replaced within a cycle", async () => {
      const { world, create } = await fixture();
      const verified = { mode: Mode.VERIFIER, verifier: world.verifier };
      const args = [encodeBytes32String("verifierDelay"), CYCLE, MAX_32, CYCLE - 1n];
      const attempt = create({ ...verified, verifierDelay: CYCLE - 1n });
      await refused(world, attempt, "RewardPoolOutOfRange", args, async () =>
        create({ ...verified, verifierDelay: CYCLE }),
      );
    });

    it("asks for no delay where there is no verifier", async () => {
      const { world, create, poolId } = await fixture();
      await create({ verifierDelay: 0n });
      expect((await world.pool.poolOf(poolId)).verifierDelay).to.equal(0n);
    });

    it("reverts for a start in the past, to the second", async () => {
      const { world, config, create } = await fixture();
      const start = BigInt(config.start);
      await at(start + 1n);
      const args = [encodeBytes32String("start"), start + 1n, MAX_40, start];
      await refused(world, create(), "RewardPoolOutOfRange", args, async () => {
        await at(start + 2n);
        return create({ start: start + 2n });
      });
    });

    it("reverts for a share of nothing", async () => {
      const { world, create } = await fixture();
      await refused(world, create({ share: 0n }), "RewardPoolShareTooLarge", [10n ** 14n, 0n], create);
    });

    it("reverts for units that are more than the whole profit", async () => {
      const { world, create } = await fixture();
      const attempt = create({ share: 10n ** 14n + 1n });
      await refused(world, attempt, "RewardPoolShareTooLarge", [10n ** 14n, 10n ** 14n + 1n], async () =>
        create({ share: 10n ** 14n }),
      );
    });

    describe("when the mode and what it names do not fit", () => {
      const committee = id("a committee");
      const cases: readonly (readonly [
        name: string,
        changes: Partial<PoolConfig>,
        indicator: "none" | "code" | "key",
      ])[] = [
        ["ROSTER with a verifier", { verifier: committee }, "none"],
        ["ROSTER with an indicator", {}, "code"],
        ["VERIFIER without a verifier", { mode: Mode.VERIFIER }, "none"],
        ["VERIFIER with an indicator", { mode: Mode.VERIFIER, verifier: committee }, "code"],
        ["BOTH without a verifier", { mode: Mode.BOTH }, "none"],
        ["INDICATOR without an indicator", { mode: Mode.INDICATOR }, "none"],
        ["INDICATOR with a verifier", { mode: Mode.INDICATOR, verifier: committee }, "code"],
        ["INDICATOR with bitmaps", { mode: Mode.INDICATOR, form: Form.BITMAP }, "code"],
        ["INDICATOR with an indicator that has no code", { mode: Mode.INDICATOR }, "key"],
      ];
      for (const [name, changes, kind] of cases) {
        it(`reverts for ${name}`, async () => {
          const { world, create } = await fixture();
          const code = await world.store.getAddress();
          const indicator = { none: ZeroAddress, code, key: world.stranger.address }[kind];
          const mode = changes.mode ?? Mode.ROSTER;
          const args = [mode, changes.form ?? Form.ROOT, changes.verifier ?? ZeroHash, indicator];
          await refused(world, create({ ...changes, indicator }), "RewardPoolModeMismatch", args, async () =>
            create({
              mode,
              verifier: mode === Mode.VERIFIER || mode === Mode.BOTH ? committee : ZeroHash,
              indicator: mode === Mode.INDICATOR ? code : ZeroAddress,
            }),
          );
        });
      }
    });

    it("reverts for a profit token without code", async () => {
      const { world, create } = await fixture();
      const token = world.stranger.address;
      await refused(world, create({ profitToken: token }), "RewardPoolWithoutCode", [token], create);
    });

    it("reverts for a salt that the operator used, and leaves it to every other", async () => {
      const { world, config, create, poolId } = await fixture();
      await create();
      await refused(world, create({ grant: 1n }), "RewardPoolExists", [poolId], async () =>
        world.pool.connect(world.stranger).createPool(SALT, config),
      );
      expect((await world.pool.poolOf(poolId)).grant).to.equal(GRANT);
    });

    it("puts all units into the pool", async () => {
      const { world, create, poolId } = await fixture();
      await create();
      expect(await world.pool.balanceOf(world.poolAddress, poolId)).to.equal(TOTAL);
      const pool = await world.pool.poolOf(poolId);
      expect([pool.totalUnits, pool.availableUnits, pool.share]).to.deep.equal([TOTAL, TOTAL, SHARE]);
      expect([pool.endCycle, pool.reportCount, pool.userCount, pool.closed]).to.deep.equal([NO_END, 0n, 0n, false]);
    });

    it("tells of the pool, its units and where its condition can be read", async () => {
      const { world, config, create, poolId } = await fixture();
      const { operator, pool, poolAddress, tokenAddress } = world;
      await expect(create())
        .to.emit(pool, "PoolCreated")
        .withArgs(poolId, operator.address, tokenAddress, SALT, Object.values(config))
        .and.to.emit(pool, "TransferSingle")
        .withArgs(operator.address, ZeroAddress, poolAddress, poolId, TOTAL)
        .and.to.emit(pool, "URI")
        .withArgs(config.metadataUri, poolId);
    });
  });
});

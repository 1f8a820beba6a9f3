import { expect } from "chai";
import { hexlify, randomBytes } from "ethers";

import { suite } from "../../sdk/src/frost/internal/suite.js";
import {
  type FrostShare,
  parseFrostGroup,
  type ReshareFrostGroupResult,
  verifyFrostSignature,
} from "../../sdk/src/frost/index.js";
import { resign, reseal } from "../helpers/frostAdversary.js";
import {
  attemptResharing,
  generateShares,
  impatient,
  makeParties,
  outcomeOf,
  type Party,
  random32,
  type ResharingOptions,
  sign,
  valueOf,
} from "../helpers/frostParties.js";

describe("reshareFrostGroup", () => {
  let parties: readonly Party[];
  let shares: readonly FrostShare[];
  before(async () => {
    parties = makeParties(4);
    shares = await generateShares(parties, 3);
  });

  async function reshare(options: Omit<ResharingOptions, "shares">): Promise<readonly FrostShare[]> {
    const results = await attemptResharing({ shares, ...options });
    return options.members.map(({ member }) => {
      const { share } = valueOf<ReshareFrostGroupResult>(results.get(member.id)!);
      expect(share).to.not.equal(undefined);
      return share!;
    });
  }

  describe("when all follow the protocol", () => {
    const others = makeParties(6, "other");
    for (const [what, choose, threshold] of [
      ["other members, more of them, with a higher threshold", () => others, 5],
      ["fewer of the same members, with a lower threshold", () => parties.slice(1, 3), 2],
      ["the same members with the same threshold", () => parties, 3],
      ["old and new members, in another order", () => [others[0]!, parties[2]!, others[1]!, parties[0]!], 3],
    ] as const) {
      it(`hands the key to ${what}`, async () => {
        const members = choose();
        const renewed = await reshare({ dealers: parties.slice(0, 3), members, threshold });
        const { group } = renewed[0]!;
        expect(group.groupKey).to.equal(shares[0]!.group.groupKey);
        expect(group.threshold).to.equal(threshold);
        expect(parseFrostGroup(JSON.parse(JSON.stringify(group)))).to.deep.equal(group);
        const digest = random32();
        const { signature } = await sign({ parties: members, shares: renewed, digest });
        expect(verifyFrostSignature({ groupKey: group.groupKey, digest, signature })).to.equal(true);
      }).timeout(20_000);
    }

    it("takes any quorum of dealers, also more than the threshold", async () => {
      const renewed = await reshare({ dealers: [parties[3]!, ...parties.slice(0, 3)], members: others, threshold: 2 });
      expect(renewed[0]!.group.groupKey).to.equal(shares[0]!.group.groupKey);
    });

    it("makes shares that do not combine with old ones", async () => {
      const renewed = await reshare({ dealers: parties.slice(0, 3), members: parties, threshold: 3 });
      const bare = (share: FrostShare) =>
        share.use(({ identifier, signingShare }) => ({ identifier, signingShare: Uint8Array.from(signingShare) }));
      const combine = (list: readonly FrostShare[]): string =>
        hexlify(suite.combineSecret(list.map(bare), { min: 3, max: 4 }));
      const key = combine(shares.slice(0, 3));
      expect(combine(renewed.slice(1, 4))).to.equal(key);
      expect(combine(shares.slice(1, 4))).to.equal(key);
      for (let mixed = 1; mixed <= 2; mixed++) {
        expect(combine([...shares.slice(0, mixed), ...renewed.slice(mixed, 3)])).to.not.equal(key);
      }
    });

    it("ends for a dealer that is no new member without a share", async () => {
      const results = await attemptResharing({ shares, dealers: parties.slice(0, 3), members: others, threshold: 4 });
      const { group, share } = valueOf(results.get("member-1")!);
      expect(share).to.equal(undefined);
      expect(group.groupKey).to.equal(shares[0]!.group.groupKey);
    });

    it("leaves the old share whole, for its owner to destroy", async () => {
      await reshare({ dealers: parties.slice(0, 3), members: others, threshold: 4 });
      const digest = random32();
      const { signature } = await sign({ parties, shares, digest });
      expect(verifyFrostSignature({ groupKey: shares[0]!.group.groupKey, digest, signature })).to.equal(true);
    });
  });

  describe("when a dealer is at fault", () => {
    const members = makeParties(3, "new");
    const honest = (results: ReadonlyMap<string, PromiseSettledResult<unknown>>): readonly string[] =>
      [...results].filter(([id]) => id !== "member-2").map(([, result]) => outcomeOf(result));
    const attempt = (options: Partial<ResharingOptions>) =>
      attemptResharing({ shares, dealers: parties.slice(0, 3), members, threshold: 2, ...options });

    it("names it where it hands on another secret than its share", async () => {
      const { identity } = parties[1]!;
      const results = await attempt({
        deviations: {
          "member-2": (envelope) => {
            if (!envelope.round.endsWith("commitments")) return envelope;
            const { commitments } = JSON.parse(envelope.body) as { readonly commitments: readonly string[] };
            return resign(identity, envelope, { body: JSON.stringify({ commitments: commitments.toReversed() }) });
          },
        },
      });
      for (const outcome of honest(results)) expect(outcome).to.match(/FROST_BAD_PROOF: member-2$/u);
    });

    it("names it for a share that does not fit its commitment", async () => {
      const { identity } = parties[1]!;
      const results = await attempt({
        deviations: {
          "member-2": (envelope, to) =>
            envelope.round.endsWith("shares") && to === "new-3"
              ? reseal(identity, envelope, members[2]!.member, randomBytes(32))
              : envelope,
        },
      });
      expect(outcomeOf(results.get("new-3")!)).to.equal("FROST_BAD_SHARE: member-2");
      expect(outcomeOf(results.get("new-1")!)).to.equal("new-3 reports FROST_BAD_SHARE: member-2");
    });

    it("names it for two different commitments", async () => {
      const { identity } = parties[1]!;
      const own = suite.utils.generateSecretPolynomial(
        { min: 2, max: 3 },
        shares[1]!.use(({ signingShare }) => Uint8Array.from(signingShare)),
      );
      const body = JSON.stringify({ commitments: own.commitment.map((point) => hexlify(point)) });
      const results = await attempt({
        deviations: {
          "member-2": (envelope, to) =>
            envelope.round.endsWith("commitments") && to === "new-1" ? resign(identity, envelope, { body }) : envelope,
        },
      });
      for (const outcome of honest(results)) expect(outcome).to.match(/FROST_EQUIVOCATION: member-2$/u);
    });

    for (const round of ["commitments", "echo", "shares"]) {
      it(`names it where nothing comes for the ${round}`, async () => {
        const results = await attempt({
          patience: impatient,
          deviations: { "member-2": (envelope) => (envelope.round.endsWith(round) ? undefined : envelope) },
        });
        for (const outcome of honest(results)) expect(outcome).to.match(/FROST_MISSING_MESSAGE: member-2$/u);
      });
    }

    it("names it for commitments that are none", async () => {
      const { identity } = parties[1]!;
      for (const body of ["{", "null", JSON.stringify({ commitments: [`0x02${"ff".repeat(32)}`, "0x"] })]) {
        const results = await attempt({
          deviations: {
            "member-2": (envelope) =>
              envelope.round.endsWith("commitments") ? resign(identity, envelope, { body }) : envelope,
          },
        });
        for (const outcome of honest(results)) expect(outcome).to.match(/FROST_BAD_MESSAGE: member-2$/u);
      }
    });

    it("leaves the others a quorum to go on with", async () => {
      const dealers = [parties[0]!, parties[2]!, parties[3]!];
      const renewed = await reshare({ dealers, members, threshold: 2 });
      expect(renewed[0]!.group.groupKey).to.equal(shares[0]!.group.groupKey);
    });

    it("names a new member that confirms another group", async () => {
      const { identity } = members[0]!;
      const results = await attempt({
        deviations: {
          "new-1": (envelope) =>
            envelope.round.endsWith("confirmation") ? resign(identity, envelope, { body: random32() }) : envelope,
        },
      });
      expect(outcomeOf(results.get("new-2")!)).to.match(/FROST_BAD_CONFIRMATION: new-1$/u);
    });
  });

  describe("when the options are wrong", () => {
    const members = makeParties(3, "new");
    const outcomes = async (options: Partial<ResharingOptions>): Promise<readonly string[]> => {
      const dealers = parties.slice(0, 3);
      const results = await attemptResharing({
        shares,
        dealers,
        members,
        threshold: 2,
        patience: impatient,
        ...options,
      });
      return [...results.values()].map(outcomeOf);
    };

    it("refuses fewer dealers than the old threshold", async () => {
      expect(new Set(await outcomes({ dealers: parties.slice(0, 2) }))).to.deep.equal(
        new Set(["FROST_NOT_ENOUGH_DEALERS"]),
      );
    });

    it("refuses a dealer that is no old member", async () => {
      const dealers = [...parties.slice(0, 3), makeParties(1, "stranger")[0]!];
      expect(await outcomes({ dealers })).to.include("FROST_UNKNOWN_MEMBER");
    });

    it("refuses a dealer without its share", async () => {
      const all = await outcomes({ shares: [shares[0]!, shares[1]!] });
      expect(all[2]).to.equal("FROST_UNKNOWN_MEMBER");
    });

    it("refuses a share of another group", async () => {
      const strange = await generateShares(parties, 3);
      const all = await outcomes({
        change: (options) => (options.self.id === "member-1" ? { ...options, share: strange[0]! } : options),
      });
      expect(all[0]).to.equal("FROST_SHARE_MISMATCH");
    });

    it("refuses an old group whose key its members' shares do not make", async () => {
      const strange = await generateShares(parties, 3);
      const all = await outcomes({
        change: (options) => ({ ...options, from: { ...options.from, groupKey: strange[0]!.group.groupKey } }),
      });
      expect(new Set(all)).to.deep.equal(new Set(["FROST_FORMAT"]));
    });

    it("refuses a new threshold out of range", async () => {
      for (const threshold of [1, 4]) {
        expect(new Set(await outcomes({ threshold }))).to.deep.equal(new Set(["FROST_THRESHOLD"]));
      }
    });

    it("names who runs the session with another new threshold", async () => {
      const all = await outcomes({
        change: (options) => (options.self.id === "new-1" ? { ...options, threshold: 3 } : options),
      });
      expect(all[0]).to.equal("FROST_OTHER_PARAMETERS: new-1");
    });
  });
});

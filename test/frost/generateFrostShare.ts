import { expect } from "chai";
import { randomBytes } from "ethers";

import { untilUsable } from "../../sdk/src/frost/internal/untilUsable.js";
import { parseFrostGroup, verifyFrostSignature } from "../../sdk/src/frost/index.js";
import { resign, reseal } from "../helpers/frostAdversary.js";
import {
  attemptGeneration,
  generateShares,
  impatient,
  makeParties,
  outcomeOf,
  random32,
  sign,
} from "../helpers/frostParties.js";

describe("generateFrostShare", () => {
  describe("when all members follow the protocol", () => {
    for (const [threshold, n] of [
      [2, 2],
      [3, 5],
      [11, 16],
    ] as const) {
      it(`gives ${n} members one group of which ${threshold} sign`, async () => {
        const parties = makeParties(n);
        const shares = await generateShares(parties, threshold);
        const groups = new Set(shares.map(({ group }) => JSON.stringify(group)));
        expect(groups.size).to.equal(1);
        const { group } = shares[0]!;
        expect(parseFrostGroup(JSON.parse(JSON.stringify(group)))).to.deep.equal(group);
        expect(group.members).to.deep.equal(parties.map(({ member }) => member.id));
        const digest = random32();
        const { signature, signers, faults } = await sign({ parties, shares, digest });
        expect(verifyFrostSignature({ groupKey: group.groupKey, digest, signature })).to.equal(true);
        expect(signers).to.have.length(threshold);
        expect(faults).to.deep.equal([]);
      }).timeout(60_000);
    }

    it("gives another key each time", async () => {
      const parties = makeParties(2);
      const [first, second] = [await generateShares(parties, 2), await generateShares(parties, 2)];
      expect(first[0]!.group.groupKey).to.not.equal(second[0]!.group.groupKey);
    });

    it("has each share kept before the others are told", async () => {
      const parties = makeParties(3);
      const [first] = parties;
      const results = await attemptGeneration(parties, 2, {
        patience: impatient,
        change: (options) =>
          options.self.id === first!.member.id
            ? { ...options, keep: () => Promise.reject(new RangeError("the disk is full")) }
            : options,
      });
      expect(results.map(outcomeOf)[0]).to.equal("RangeError: the disk is full");
      expect(results.slice(1).map(outcomeOf)).to.not.include("fine");
    });

    it("generates another key where the registry would not take the first", async () => {
      const attempts: number[] = [];
      const run = (attempt: number): Promise<number> => {
        attempts.push(attempt);
        return Promise.resolve(attempt);
      };
      expect(await untilUsable(run, (result) => result > 2)).to.equal(3);
      expect(attempts).to.deep.equal([1, 2, 3]);
    });
  });

  describe("when a member is at fault", () => {
    const parties = makeParties(4);
    const [, , guilty] = parties;
    const { identity, member } = guilty!;
    const honest = (results: readonly PromiseSettledResult<unknown>[]): readonly string[] =>
      results.filter((_, index) => index !== 2).map(outcomeOf);

    it("names it for a wrong proof of knowledge", async () => {
      const results = await attemptGeneration(parties, 3, {
        deviations: {
          [member.id]: (envelope) => {
            if (!envelope.round.endsWith("commitments")) return envelope;
            const content = JSON.parse(envelope.body) as { commitments: string[]; proof: string };
            const [first, second, third] = content.commitments;
            // A valid commitment, and the proof of another one.
            const commitments = [second, first, third];
            return resign(identity, envelope, { body: JSON.stringify({ ...content, commitments }) });
          },
        },
      });
      for (const outcome of honest(results)) expect(outcome).to.match(/FROST_BAD_PROOF: member-3$/u);
      expect(honest(results)).to.include("FROST_BAD_PROOF: member-3");
    });

    it("names it for a share that does not fit its commitment", async () => {
      const results = await attemptGeneration(parties, 3, {
        deviations: {
          [member.id]: (envelope, to) =>
            envelope.round.endsWith("shares") && to === "member-1"
              ? reseal(identity, envelope, parties[0]!.member, randomBytes(32))
              : envelope,
        },
      });
      expect(outcomeOf(results[0]!)).to.equal("FROST_BAD_SHARE: member-3");
      expect(outcomeOf(results[1]!)).to.equal("member-1 reports FROST_BAD_SHARE: member-3");
    });

    it("names it for a share that was sealed to somebody else", async () => {
      const results = await attemptGeneration(parties, 3, {
        deviations: {
          [member.id]: (envelope, to) =>
            envelope.round.endsWith("shares") && to === "member-1"
              ? reseal(identity, envelope, parties[1]!.member, randomBytes(32))
              : envelope,
        },
      });
      expect(outcomeOf(results[0]!)).to.equal("FROST_BAD_MESSAGE: member-3");
    });

    it("names it for a share of the wrong length", async () => {
      const results = await attemptGeneration(parties, 3, {
        deviations: {
          [member.id]: (envelope, to) =>
            envelope.round.endsWith("shares") && to === "member-1"
              ? reseal(identity, envelope, parties[0]!.member, randomBytes(31))
              : envelope,
        },
      });
      expect(outcomeOf(results[0]!)).to.equal("FROST_BAD_SHARE: member-3");
    });

    for (const round of ["commitments", "echo", "shares", "confirmation"]) {
      it(`names it where nothing comes for the ${round}`, async () => {
        const results = await attemptGeneration(parties, 3, {
          patience: impatient,
          deviations: { [member.id]: (envelope) => (envelope.round.endsWith(round) ? undefined : envelope) },
        });
        for (const outcome of honest(results)) expect(outcome).to.match(/FROST_MISSING_MESSAGE: member-3$/u);
      });
    }

    it("names it for two different commitments, by its own two signatures", async () => {
      let other: { readonly body: string } | undefined;
      const twin = await attemptTwin();
      const results = await attemptGeneration(parties, 3, {
        deviations: {
          [member.id]: (envelope, to) => {
            if (!envelope.round.endsWith("commitments") || to !== "member-1") return envelope;
            other = { body: twin };
            return resign(identity, envelope, other);
          },
        },
      });
      expect(other).to.not.equal(undefined);
      for (const outcome of honest(results)) expect(outcome).to.match(/FROST_EQUIVOCATION: member-3$/u);
    });

    it("names who repeats what the author never signed", async () => {
      const results = await attemptGeneration(parties, 3, {
        deviations: {
          [member.id]: (envelope) => {
            if (!envelope.round.endsWith("echo")) return envelope;
            const list = JSON.parse(envelope.body) as { digest: string }[];
            list[0]!.digest = random32();
            return resign(identity, envelope, { body: JSON.stringify(list) });
          },
        },
      });
      for (const outcome of honest(results)) expect(outcome).to.match(/FROST_BAD_ECHO: member-3$/u);
    });

    it("names who leaves a message out of its echo", async () => {
      const results = await attemptGeneration(parties, 3, {
        deviations: {
          [member.id]: (envelope) =>
            envelope.round.endsWith("echo") ? resign(identity, envelope, { body: "[]" }) : envelope,
        },
      });
      for (const outcome of honest(results)) expect(outcome).to.match(/FROST_BAD_ECHO: member-3$/u);
    });

    it("names who confirms another group", async () => {
      const results = await attemptGeneration(parties, 3, {
        deviations: {
          [member.id]: (envelope) =>
            envelope.round.endsWith("confirmation") ? resign(identity, envelope, { body: random32() }) : envelope,
        },
      });
      for (const outcome of honest(results)) expect(outcome).to.match(/FROST_BAD_CONFIRMATION: member-3$/u);
    });

    for (const [what, body] of [
      ["no JSON", "{"],
      ["null", "null"],
      ["no commitments", "{}"],
      ["too few commitments", JSON.stringify({ commitments: [], proof: `0x${"00".repeat(65)}` })],
      [
        "a point off the curve",
        JSON.stringify({ commitments: Array(3).fill(`0x02${"ff".repeat(32)}`), proof: `0x${"00".repeat(65)}` }),
      ],
    ] as const) {
      it(`names who signs a message that is ${what}`, async () => {
        const results = await attemptGeneration(parties, 3, {
          deviations: {
            [member.id]: (envelope) =>
              envelope.round.endsWith("commitments") ? resign(identity, envelope, { body }) : envelope,
          },
        });
        for (const outcome of honest(results)) expect(outcome).to.match(/FROST_BAD_MESSAGE: member-3$/u);
      });
    }

    it("names who runs the session with another threshold", async () => {
      const results = await attemptGeneration(parties, 3, {
        change: (options) => (options.self.id === member.id ? { ...options, threshold: 2 } : options),
      });
      expect(honest(results)).to.deep.equal(Array(3).fill("FROST_OTHER_PARAMETERS: member-3"));
    });

    it("lets nobody end with a share", async () => {
      const results = await attemptGeneration(parties, 3, {
        patience: impatient,
        deviations: { [member.id]: (envelope) => (envelope.round.endsWith("shares") ? undefined : envelope) },
      });
      expect(results.map(outcomeOf)).to.not.include("fine");
    });

    /** The first message of another run by the same member. */
    async function attemptTwin(): Promise<string> {
      let body = "";
      await attemptGeneration(parties, 3, {
        deviations: {
          [member.id]: (envelope) => {
            if (envelope.round.endsWith("commitments")) body = envelope.body;
            return envelope;
          },
        },
      });
      return body;
    }
  });

  describe("when the transport misbehaves", () => {
    const parties = makeParties(3);
    const noise = ["", "{}", "null", "no JSON", JSON.stringify({ format: "guildhall-frost", version: 1 })];

    it("passes over noise, repeats and messages that nobody of the run signed", async () => {
      const stranger = makeParties(1, "stranger")[0]!;
      const results = await attemptGeneration(parties, 2, {
        change: (options) => ({
          ...options,
          transport: {
            ...options.transport,
            send: async (to, message) => {
              for (const text of noise) await options.transport.send(to, text);
              await options.transport.send(to, message.replace("member-", "member-9"));
              const envelope = JSON.parse(message) as Parameters<typeof resign>[1];
              await options.transport.send(to, JSON.stringify(resign(stranger.identity, envelope, { body: "forged" })));
              await options.transport.send(to, message);
              await options.transport.send(to, message);
            },
          },
        }),
      });
      expect(results.map(outcomeOf)).to.deep.equal(["fine", "fine", "fine"]);
    });

    it("keeps every share from whoever reads it", async () => {
      const seen: string[] = [];
      const results = await attemptGeneration(parties, 2, {
        change: (options) => ({
          ...options,
          transport: {
            ...options.transport,
            send: (to, message) => {
              seen.push(message);
              return options.transport.send(to, message);
            },
          },
        }),
      });
      expect(results.map(outcomeOf)).to.deep.equal(["fine", "fine", "fine"]);
      // 33 bytes of a one-time key, 32 sealed, 16 of the tag: nothing that is sent to one member is a bare share.
      const bodies = seen.map((message) => (JSON.parse(message) as { body: string }).body);
      expect(bodies).to.have.length(6);
      for (const body of bodies) expect(body).to.match(/^0x0[23][0-9a-f]{160}$/u);
    });
  });

  describe("when the options are wrong", () => {
    const parties = makeParties(3);

    for (const threshold of [0, 1, 4, 2.5]) {
      it(`refuses a threshold of ${threshold} of 3`, async () => {
        const results = await attemptGeneration(parties, threshold);
        expect(results.map(outcomeOf)).to.deep.equal(Array(3).fill("FROST_THRESHOLD"));
      });
    }

    it("refuses a member that stands in the list twice", async () => {
      const results = await attemptGeneration([...parties, parties[0]!], 2);
      expect(outcomeOf(results[0]!)).to.equal("FROST_DUPLICATE_MEMBER");
    });

    it("refuses a name that is not in the list", async () => {
      const results = await attemptGeneration(parties, 2, {
        change: (options) => ({ ...options, self: { ...options.self, id: "nobody" } }),
      });
      expect(outcomeOf(results[0]!)).to.equal("FROST_UNKNOWN_MEMBER");
    });

    it("refuses a secret key that does not belong to the channel key", async () => {
      const results = await attemptGeneration(parties, 2, {
        change: (options) => ({ ...options, self: { ...options.self, secretKey: randomBytes(32) } }),
      });
      expect(results.map(outcomeOf)).to.deep.equal(Array(3).fill("FROST_CHANNEL_KEY"));
    });

    it("refuses a channel key that is no point", async () => {
      const results = await attemptGeneration(parties, 2, {
        change: (options) => ({
          ...options,
          members: options.members.map((each) => ({ ...each, channelKey: `0x02${"ff".repeat(32)}` })),
        }),
      });
      expect(results.map(outcomeOf)).to.deep.equal(Array(3).fill("FROST_CHANNEL_KEY"));
    });
  });
});

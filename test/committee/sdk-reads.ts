import { expect } from "chai";
import { id, Interface } from "ethers";

import { type RpcError, toGroupKeyPoint } from "../../sdk/src/index.js";
import { CommitteeRegistry__factory } from "../../typechain-types/index.js";
import { memberKeys } from "../helpers/committee.js";
import { onFaultyNode, type OnFaultyNode } from "../helpers/faultyNode/onFaultyNode.js";

const registry = new Interface(CommitteeRegistry__factory.abi);
const keys = memberKeys(3);
const members = keys.map(({ address }) => address);

type Changes = {
  readonly currentEpoch?: number;
  readonly threshold?: number;
  readonly groupKeyX?: bigint;
  readonly members?: readonly string[];
};

/** Lets the node say other things of committees than are true. */
function lie({ node }: OnFaultyNode, changes: Changes): void {
  const arm = (name: "committeeOf" | "epochOf" | "membersOf", change: (values: readonly unknown[]) => unknown[]) => {
    const selector = registry.getFunction(name)?.selector ?? expect.fail();
    node.arm(
      "eth_call",
      {
        kind: "result",
        change: (result) =>
          registry.encodeFunctionResult(name, change(registry.decodeFunctionResult(name, result as string).toArray())),
      },
      { when: ({ params }) => (params[0] as { readonly data: string }).data.startsWith(selector) },
    );
  };
  const { currentEpoch, threshold, groupKeyX } = changes;
  arm("committeeOf", ([admin, attributable, current]) => [admin, attributable, currentEpoch ?? current]);
  arm("epochOf", ([epoch]) => {
    const [from, until, asked, count, confirmed, x, odd] = epoch as readonly unknown[];
    return [[from, until, threshold ?? asked, count, confirmed, groupKeyX ?? x, odd]];
  });
  arm("membersOf", ([all]) => [changes.members ?? all]);
}

async function create({ hall }: OnFaultyNode, options: object = {}): Promise<string> {
  const config = { members, threshold: 2, ...options };
  const sent = await hall.halls.merchant.committees.create({ salt: id("salt"), config });
  return (await sent.wait()).committeeId;
}

describe("readEpoch", () => {
  it("reads a group key of either parity, and none", async () => {
    const points = keys.map(({ signingKey }) => toGroupKeyPoint(signingKey.compressedPublicKey));
    expect(new Set(points.map(({ y }) => y % 2n))).to.have.property("size", 2);
    for (const groupKey of [...points, undefined]) {
      await onFaultyNode(async (given) => {
        const committeeId = await create(given, groupKey === undefined ? {} : { groupKey });
        const epoch = await given.client.committees.epoch(committeeId);
        expect(epoch).to.deep.include({ groupKey, threshold: 2, members, validUntil: undefined });
      });
    }
  });

  it("reads a committee without an admin as one", async () => {
    await onFaultyNode(async (given) => {
      const committeeId = await create(given);
      expect(await given.client.committees.read(committeeId)).to.deep.equal({
        id: committeeId,
        admin: undefined,
        attributable: false,
        currentEpoch: 1,
      });
      const unknown = id("no committee");
      const error = await given.client.committees.read(unknown).catch((caught: unknown) => caught);
      expect(error).to.deep.include({ code: "COMMITTEE_UNKNOWN", args: { committeeId: unknown } });
    });
  });

  it("refuses an epoch that no registry has, and takes the smallest and the largest threshold", async () => {
    await onFaultyNode(async (given) => {
      const committeeId = await create(given);
      const read = async (changes: Changes, epoch?: number): Promise<unknown> => {
        given.node.reset();
        lie(given, changes);
        return given.client.committees.epoch(committeeId, epoch).catch((caught: unknown) => caught);
      };
      for (const threshold of [1, 3]) expect(await read({ threshold })).to.include({ threshold });
      const twice = [members[0]!, members[1]!, members[0]!];
      const lies: readonly [Changes, object][] = [
        [{ threshold: 0 }, { epoch: 1, currentEpoch: 1, threshold: 0, members }],
        [{ threshold: 4 }, { epoch: 1, currentEpoch: 1, threshold: 4, members }],
        [{ members: [] }, { epoch: 1, currentEpoch: 1, threshold: 2, members: [] }],
        [{ members: twice }, { epoch: 1, currentEpoch: 1, threshold: 2, members: twice }],
      ];
      for (const [changes, args] of lies) {
        const error = (await read(changes)) as RpcError;
        expect(error.code, String(error)).to.equal("RPC_UNEXPECTED_ANSWER");
        expect({ ...error.args }).to.deep.equal(args);
      }
      const noPoint = (await read({ groupKeyX: 5n })) as RpcError;
      expect(noPoint).to.deep.include({ code: "RPC_UNEXPECTED_ANSWER", args: { x: 5n } });
    });
  });

  it("refuses an epoch after the one that the registry calls current", async () => {
    await onFaultyNode(async (given) => {
      const committeeId = await create(given);
      // The node answers for the second epoch what is true of the first.
      for (const name of ["epochOf", "membersOf"] as const) {
        const call = registry.encodeFunctionData(name, [committeeId, 2]);
        const truth = await given.provider.call({
          to: given.client.context.addresses.CommitteeRegistry,
          data: registry.encodeFunctionData(name, [committeeId, 1]),
        });
        given.node.arm(
          "eth_call",
          { kind: "answer", change: ({ id: same }) => ({ id: same, result: truth }) },
          { when: ({ params }) => (params[0] as { readonly data: string }).data === call },
        );
      }
      const error = await given.client.committees.epoch(committeeId, 2).catch((caught: unknown) => caught);
      const args = { epoch: 2, currentEpoch: 1, threshold: 2, members };
      expect(error).to.deep.include({ code: "RPC_UNEXPECTED_ANSWER", args });
    });
  });
});

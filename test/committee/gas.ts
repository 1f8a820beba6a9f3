import { expect } from "chai";
import { getBytes } from "ethers";

import { approvalOfKeys } from "../helpers/committee.js";
import { frostApproval, signWithFrostGroup } from "../helpers/frost.js";
import { seededBytes } from "../helpers/random.js";
import {
  configOf,
  createCommittee,
  createWithGroupKey,
  deployRegistry,
  DIGEST,
  ethers,
  type Fixture,
} from "./fixture.js";

/** The gas of a whole transaction that calls `requireApproval`, and the part that execution takes: all reads are cold. */
async function gasOfCheck({ registry, stranger }: Fixture, id: string, approval: string) {
  const data = registry.interface.encodeFunctionData("requireApproval", [id, 1, DIGEST, approval]);
  const transaction = await stranger.sendTransaction({ to: await registry.getAddress(), data });
  const whole = (await transaction.wait())!.gasUsed;
  const intrinsic = getBytes(data).reduce((sum, byte) => sum + (byte === 0 ? 4n : 16n), 21_000n);
  return { whole, execution: whole - intrinsic };
}

describe("CommitteeRegistry gas", () => {
  it("spends at most 10,000 on a FROST approval", async () => {
    const fixture = await deployRegistry();
    const id = await createWithGroupKey(fixture);
    const approval = frostApproval(signWithFrostGroup(fixture.group, DIGEST, seededBytes("sign")));
    const { execution } = await gasOfCheck(fixture, id, approval);
    expect(execution).to.be.lessThanOrEqual(10_000n);
    // A module pays for the registry's cold account and for the call besides.
    const probe = await ethers.deployContract("CommitteeProbe", [await fixture.registry.getAddress()]);
    expect(await probe.gasOfCheck(id, 1, DIGEST, approval)).to.be.lessThanOrEqual(execution + 2_700n);
  });

  it("spends at most 28,000 on 5 of 7 keys", async () => {
    const fixture = await deployRegistry();
    const id = await createCommittee(fixture, configOf(fixture.keys, 5));
    const { execution } = await gasOfCheck(fixture, id, approvalOfKeys(fixture.keys, [0, 2, 3, 4, 6], DIGEST));
    expect(execution).to.be.lessThanOrEqual(28_000n);
  });

  it("spends at most 4,700 on one more key, calldata included", async () => {
    const fixture = await deployRegistry();
    const id = await createCommittee(fixture, configOf(fixture.keys, 4));
    const four = await gasOfCheck(fixture, id, approvalOfKeys(fixture.keys, [0, 1, 2, 3], DIGEST));
    const five = await gasOfCheck(fixture, id, approvalOfKeys(fixture.keys, [0, 1, 2, 3, 4], DIGEST));
    expect(five.whole - four.whole).to.be.lessThanOrEqual(4_700n);
  });
});

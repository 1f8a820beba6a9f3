import { expect } from "chai";
import { getBytes } from "ethers";

import { approvalOfKeys } from "../helpers/committee.js";
import { dealFrostGroup, frostApproval, signWithFrostGroup } from "../helpers/frost.js";
import { committeeDigest } from "../helpers/committee.js";
import { seededBytes } from "../helpers/random.js";
import { createCommittee, deployRegistry, digestOf, epochOf, ethers } from "./fixture.js";

/** What a transaction costs before its first instruction. */
function intrinsicGas(data: string): bigint {
  return getBytes(data).reduce((sum, byte) => sum + (byte === 0 ? 4n : 16n), 21_000n);
}

describe("CommitteeRegistry gas", () => {
  const digest = digestOf("gas");

  async function fixture() {
    const base = await deployRegistry();
    const probe = await ethers.deployContract("CommitteeProbe", [await base.registry.getAddress()]);
    return { ...base, probe };
  }

  /** Execution gas of `requireApproval` called by a transaction: everything cold but the registry's own account. */
  async function executionGas(registry: Awaited<ReturnType<typeof fixture>>["registry"], id: string, approval: string) {
    const data = registry.interface.encodeFunctionData("requireApproval", [id, 1, digest, approval]);
    const trace = (await ethers.provider.send("debug_traceCall", [
      { to: await registry.getAddress(), data, gas: "0x1000000" },
      "latest",
    ])) as { gas: number };
    return BigInt(trace.gas) - intrinsicGas(data);
  }

  it("spends at most 10,000 on a FROST approval", async () => {
    const { probe, ...base } = await fixture();
    const group = dealFrostGroup(2, 3, seededBytes("gas"));
    const id = await createCommittee(base, epochOf(base.keys, 5));
    const confirmation = committeeDigest(base.domain, "GroupKeyConfirmation", {
      committeeId: id,
      epoch: 1,
      groupKeyX: group.key.x,
      groupKeyY: group.key.y,
    });
    await base.registry.confirmGroupKey(id, 1, group.key, approvalOfKeys(base.keys, [0, 1, 2, 3, 4], confirmation));
    const approval = frostApproval(signWithFrostGroup(group, digest, seededBytes("gas/sign")));
    console.log(
      "frost",
      await executionGas(base.registry, id, approval),
      await probe.gasOfCheck(id, 1, digest, approval),
    );
  });

  it("members", async () => {
    const { probe, ...base } = await fixture();
    const id = await createCommittee(base, epochOf(base.keys, 5));
    const id4 = await createCommittee(base, epochOf(base.keys, 4), { salt: ethers.id("4") });
    const five = approvalOfKeys(base.keys, [0, 1, 2, 3, 4], digest);
    const four = approvalOfKeys(base.keys, [0, 1, 2, 3], digest);
    console.log("5of7", await executionGas(base.registry, id, five), await probe.gasOfCheck(id, 1, digest, five));
    const more =
      (await probe.check.estimateGas(id4, 1, digest, five)) - (await probe.check.estimateGas(id4, 1, digest, four));
    console.log("one more tx", more);
    expect(1).to.equal(1);
  });
});

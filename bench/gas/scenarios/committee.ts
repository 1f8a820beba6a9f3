import assert from "node:assert/strict";

import hre from "hardhat";

import {
  approvalOfKeys,
  committeeDigest,
  committeeIdOf,
  type EpochConfig,
  memberKeys,
  NO_KEY,
} from "../../../test/helpers/committee.js";
import { dealFrostGroup, frostApproval, signWithFrostGroup } from "../../../test/helpers/frost.js";
import { seededBytes } from "../../../test/helpers/random.js";
import { calldataGas, floorOf } from "../floor.js";
import { type Operation, operation } from "../Operation.js";

/** Byte lengths of what the FROST challenge hashes (RFC 9380's expand_message_xmd with 48 bytes). */
const CHALLENGE = [195, 63, 63];
const TX_BASE = 21_000;

/** Committees: the check itself, everything cold but the registry's own account. */
export async function committeeOperations(): Promise<Operation[]> {
  const { ethers } = await hre.network.create();
  const [creator] = await ethers.getSigners();
  assert(creator);
  const registry = await ethers.deployContract("CommitteeRegistry");
  const frostProbe = await ethers.deployContract("FrostProbe");
  const checkProbe = await ethers.deployContract("CommitteeProbe", [await registry.getAddress()]);
  const domain = {
    name: "Guildhall CommitteeRegistry",
    version: "1",
    chainId: (await ethers.provider.getNetwork()).chainId,
    verifyingContract: await registry.getAddress(),
  };
  const keys = memberKeys(7);
  const digest = ethers.id("digest");

  const create = async (name: string, threshold: number): Promise<string> => {
    const config: EpochConfig = { members: keys.map((key) => key.address), threshold, groupKey: NO_KEY };
    await registry.create(ethers.id(name), ethers.ZeroAddress, false, config);
    return committeeIdOf(creator.address, ethers.id(name));
  };
  const executionGas = async (committeeId: string, approval: string): Promise<number> => {
    const data = registry.interface.encodeFunctionData("requireApproval", [committeeId, 1, digest, approval]);
    const call = { to: await registry.getAddress(), data, gas: "0x1000000" };
    const trace = (await ethers.provider.send("debug_traceCall", [call, "latest"])) as { readonly gas: number };
    return trace.gas - TX_BASE - calldataGas(data);
  };

  const fiveOfSeven = await create("five of seven", 5);
  const fourOfSeven = await create("four of seven", 4);
  const five = approvalOfKeys(keys, [0, 1, 2, 3, 4], digest);
  const four = approvalOfKeys(keys, [0, 1, 2, 3], digest);

  const group = dealFrostGroup(2, 3, seededBytes("bench group"));
  const confirmation = committeeDigest(domain, "GroupKeyConfirmation", {
    committeeId: fiveOfSeven,
    epoch: 1,
    groupKeyX: group.key.x,
    groupKeyY: group.key.y,
  });
  await registry.confirmGroupKey(fiveOfSeven, 1, group.key, approvalOfKeys(keys, [0, 1, 2, 3, 4], confirmation));
  const signature = signWithFrostGroup(group, digest, seededBytes("bench signing"));
  const library = await frostProbe.gasOfVerify({
    keyX: group.key.x,
    keyOdd: group.key.y % 2n === 1n,
    message: digest,
    rx: signature.rx,
    ry: signature.ry,
    z: signature.z,
  });
  assert(library.valid);

  const transactionGas = (approval: string) => checkProbe.check.estimateGas(fourOfSeven, 1, digest, approval);
  const entry = `0x${five.slice(four.length)}`;
  return [
    operation({
      id: "committee.frost-library",
      what: "the library alone",
      gas: library.gasUsed,
      floor: floorOf({ ecrecovers: 1, sha256: CHALLENGE }),
      budget: 4_400,
      peer: { gas: 5_880, whose: "an RFC 9591-exact verifier" },
    }),
    operation({
      id: "committee.frost-approval",
      what: "requireApproval with a FROST signature, execution",
      gas: await executionGas(fiveOfSeven, frostApproval(signature)),
      floor: floorOf({ ecrecovers: 1, sha256: CHALLENGE, reads: 2 }),
      budget: 10_000,
    }),
    operation({
      id: "committee.ecdsa-5-of-7",
      what: "requireApproval with five signatures, execution",
      gas: await executionGas(fiveOfSeven, five),
      floor: floorOf({ ecrecovers: 5, reads: 1, coldAccounts: 1 }),
      budget: 28_000,
    }),
    operation({
      id: "committee.ecdsa-one-more-signer",
      what: "one more signature in a transaction, its calldata included",
      gas: (await transactionGas(five)) - (await transactionGas(four)),
      floor: floorOf({ ecrecovers: 1 }) + calldataGas(entry),
      budget: 4_700,
      peer: { gas: 5_900, whose: "a mailbox with signers in bytecode" },
    }),
  ];
}

import type { Signer } from "ethers";

import { Guildhall } from "../../sdk/src/index.js";
import { startHardhat, type TestNode } from "../helpers/node.js";
import { deploySuite } from "../helpers/suite.js";

/** A chain behind JSON-RPC that holds the suite, and a connection to it with an account that has money. */
export type CommitteeChain = {
  readonly node: TestNode;
  readonly signer: Signer;
  readonly hall: Guildhall;
};

export async function startCommitteeChain(): Promise<CommitteeChain> {
  const node = await startHardhat();
  const signer = await node.provider.getSigner(0);
  const { Directory: directory } = await deploySuite(signer);
  return { node, signer, hall: await Guildhall.connect(signer, { directory }) };
}

/** Lets the chain's clock stand at a time in the future. */
export async function setTime({ node }: CommitteeChain, timestamp: number): Promise<void> {
  await node.provider.send("evm_setNextBlockTimestamp", [timestamp]);
  await node.provider.send("evm_mine", []);
}

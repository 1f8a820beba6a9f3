import { Guildhall } from "../../../sdk/src/index.js";
import { type Hall, loadHall, provider as chain } from "../dealSessions.js";
import { nodeWithin } from "./Backend.js";
import { connectThrough, type PatientProvider } from "./connectThrough.js";
import { FaultyNode } from "./FaultyNode.js";

/** A fresh suite, seen through a node that can be told to lie. */
export type OnFaultyNode = {
  readonly hall: Hall;
  readonly node: FaultyNode;
  readonly provider: PatientProvider;
  /** Connected through the faulty node, for reading. */
  readonly client: Guildhall;
};

/** Gives a fresh suite behind a faulty node to a test, and ends the node afterwards. */
export async function onFaultyNode(run: (given: OnFaultyNode) => Promise<void>): Promise<void> {
  const hall = await loadHall();
  const node = await FaultyNode.start(nodeWithin(chain));
  const provider = connectThrough(node);
  try {
    const { Directory: directory } = hall.halls.merchant.context.addresses;
    await run({ hall, node, provider, client: await Guildhall.connect(provider, { directory }) });
  } finally {
    provider.destroy();
    await node.stop();
  }
}

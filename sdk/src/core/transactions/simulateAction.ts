import type { ClientContext } from "../ClientContext.js";
import { askNode } from "../errors/askNode.js";
import type { ContractAction } from "./ContractAction.js";

/**
 * Runs an action on the latest state without sending it: throws the {@link ContractRevertError} that sending would meet.
 *
 * @param from The account that would send it
 *
 * @example
 * import { createAction, Guildhall, isRevert, referralDealsAbi, simulateAction } from "@guildhall/sdk";
 * const { context } = await Guildhall.connect(provider, { directory });
 * const action = createAction({
 *   abi: referralDealsAbi,
 *   to: context.addresses.CommitteeRegistry, // which knows no such function
 *   method: "increaseCounter",
 *   args: [],
 *   event: "CounterIncreased",
 *   result: ({ counter }) => counter,
 * });
 * const error = await simulateAction(context, action, wallet.address).catch((caught: unknown) => caught);
 * assert.ok(isRevert(error, "Unknown"));
 */
export async function simulateAction(
  context: Pick<ClientContext, "provider">,
  action: ContractAction<unknown>,
  from: string,
): Promise<void> {
  await askNode(() => context.provider.call({ to: action.to, data: action.data, from }), action.to);
}

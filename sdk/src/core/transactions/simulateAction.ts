import type { ClientContext } from "../ClientContext.js";
import { withDecodedErrors } from "../errors/withDecodedErrors.js";
import type { ContractAction } from "./ContractAction.js";

/**
 * Runs an action on the latest state without sending it: throws the {@link ContractRevertError} that sending would meet.
 *
 * @param from The account that would send it
 */
export async function simulateAction(
  context: Pick<ClientContext, "provider">,
  action: ContractAction<unknown>,
  from: string,
): Promise<void> {
  await withDecodedErrors(() => context.provider.call({ to: action.to, data: action.data, from }), action.to);
}

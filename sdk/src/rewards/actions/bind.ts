import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { UserAccount } from "../documents/Bindings.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { rewardAction } from "./rewardAction.js";

/** The parameters of {@link bind}. */
export type BindParameters = {
  readonly poolId: string;
  readonly users: readonly UserAccount[];
} & (
  | {
      /** Of `Bindings`. */
      readonly registrarSignature: string;
      /** The one that was signed: Unix seconds before which the users can be bound. */
      readonly deadline: number;
    }
  // The registrar sends it.
  | { readonly registrarSignature?: undefined; readonly deadline?: number }
);

/** The last second that there is. */
const NO_DEADLINE = 2 ** 40 - 1;

/** What {@link bind} did. */
export type BindResult = {
  readonly bound: readonly RewardEventArgs<"Bound">[];
  /** Left out: the user id or the account is bound already, or is zero. */
  readonly refused: readonly RewardEventArgs<"NotBound">[];
};

/**
 * Binds user ids to accounts: the registrar, or anyone with its signature. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const users = [{ userId: `0x${"22".repeat(32)}`, account: wallet.address }];
 * assert.equal(rewardActions.bind(contract, { poolId, users }).name, "bind");
 */
export function bind(
  contract: string,
  { poolId, users, deadline = NO_DEADLINE, registrarSignature = "0x" }: BindParameters,
): ContractAction<BindResult> {
  return rewardAction({
    contract,
    method: "bind",
    args: [poolId, users, BigInt(deadline), registrarSignature],
    event: "Bound",
    read: (events) => ({
      bound: events.flatMap((event) => (event.name === "Bound" ? [event.args] : [])),
      refused: events.flatMap((event) => (event.name === "NotBound" ? [event.args] : [])),
    }),
  });
}

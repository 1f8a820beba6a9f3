import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import type { Address } from "../../core/documents/Hex.js";

/** Where a rebate went: to the customer (`paid`), or back to the merchant. */
export type RebatePayment = DealEventArgs<"RebatePaid"> & {
  readonly paid: boolean;
  readonly receiver: Address;
};

/** One action out of the two readings of the same call: the rebate is either paid or returned. */
export function eitherWay(
  paid: ContractAction<DealEventArgs<"RebatePaid">>,
  returned: ContractAction<DealEventArgs<"RebateReturned">>,
): ContractAction<RebatePayment> {
  return {
    ...paid,
    event: "RebatePaid or RebateReturned",
    read: (receipt) => {
      const out = paid.read(receipt);
      if (out !== undefined) return { ...out, paid: true, receiver: out.customer };
      const back = returned.read(receipt);
      return back === undefined ? undefined : { ...back, paid: false, receiver: back.merchant };
    },
  };
}

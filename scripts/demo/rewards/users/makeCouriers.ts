import { concat, dataSlice, getAddress, keccak256, toUtf8Bytes } from "ethers";

import { courierName } from "../courierName.js";
import type { BoundCourier } from "./BoundCourier.js";

/** Whom to list. */
export type MakeCouriersParameters = {
  readonly count: number;
  /** 32 bytes that only the registrar and whom it tells know. */
  readonly salt: string;
  /** Accounts that belong to somebody, by courier. */
  readonly known: ReadonlyMap<string, string>;
};

/** Lists couriers. Those who take no part in the run have accounts without a key: others act for them. */
export function makeCouriers({ count, salt, known }: MakeCouriersParameters): readonly BoundCourier[] {
  return Array.from({ length: count }, (_, number) => {
    const courier = courierName(number);
    const userId = keccak256(concat([salt, toUtf8Bytes(courier)]));
    const account = known.get(courier) ?? getAddress(dataSlice(keccak256(userId), 12));
    return { courier, userId, account };
  });
}

/** One measured operation. Ids that the budget names keep its spelling. */
export type Operation = {
  readonly id: string;
  /** What exactly was measured, in one line. */
  readonly what: string;
  readonly gas: number;
  readonly floor: number;
  readonly ratio: number;
  /** The aim to get under, where there is one. */
  readonly budget?: number;
  /** The best public figure on the same work, and whose. */
  readonly peer?: { readonly gas: number; readonly whose: string };
};

export type Measured = Omit<Operation, "ratio" | "gas"> & { readonly gas: bigint | number };

/** Completes a measured operation with its ratio. */
export function operation(measured: Measured): Operation {
  const gas = Number(measured.gas);
  return { ...measured, gas, ratio: Math.round((gas / measured.floor) * 1000) / 1000 };
}

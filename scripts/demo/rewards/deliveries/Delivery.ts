/** A delivery that a courier made. */
export type Delivery = {
  readonly cycle: number;
  readonly courier: string;
  /** When in its cycle: a fraction from 0 to less than 1. */
  readonly at: number;
  readonly inTime: boolean;
};

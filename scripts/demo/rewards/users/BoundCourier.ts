/** A courier as the registrar knows him. */
export type BoundCourier = {
  /** The service's own name of him; it never gets onto the chain. */
  readonly courier: string;
  /** A salted hash of that name. */
  readonly userId: string;
  readonly account: string;
};

const DAY = 86_400;

/**
 * The validity of every certificate of the act, by the chain's clock. It begins well in the past and ends well in the future:
 * Node's TLS goes by the machine's clock, and that of a chain for development may be set hours ahead of it in each run.
 */
export function validityAt(now: number): { readonly notBefore: number; readonly notAfter: number } {
  return { notBefore: now - 30 * DAY, notAfter: now + 365 * DAY };
}

import type { DKG_Round1, DKG_Secret } from "@noble/curves/abstract/frost.js";

import { suite } from "./suite.js";

/**
 * The senders whose package the library refuses. It refuses all packages for one bad one and does not say which, so each is
 * tried alone among packages made here, which are good.
 */
export function findBadProof(
  secret: Pick<DKG_Secret, "identifier" | "signers">,
  packages: readonly DKG_Round1[],
): string[] {
  const { signers } = secret;
  const self = suite.Identifier.fromNumber(Number(secret.identifier));
  const good = packages.map(({ identifier }) => suite.DKG.round1(identifier, signers).public);
  return packages
    .filter((candidate) => {
      const among = good.map((other) => (other.identifier === candidate.identifier ? candidate : other));
      const probe = suite.DKG.round1(self, signers).secret;
      try {
        suite.DKG.round2(probe, among);
        return false;
      } catch {
        return true;
      } finally {
        suite.DKG.clean(probe);
      }
    })
    .map(({ identifier }) => identifier);
}

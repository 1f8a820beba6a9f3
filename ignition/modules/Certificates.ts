import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import type { Existing } from "../placement.js";
import { place } from "../placement.js";
import { committeeModule } from "./Committee.js";

/** Certificates, whose ledger asks the committees' registry, and who computes signatures where a chain does not. */
export function certificatesModule(existing: Existing, committee: ReturnType<typeof committeeModule>) {
  return buildModule("Certificates", (m) => {
    const { CommitteeRegistry } = m.useModule(committee);
    const P256Verifier = place(m, existing, "P256Verifier");
    const CertificateLedger = place(m, existing, "CertificateLedger", [CommitteeRegistry, P256Verifier]);
    return { P256Verifier, CertificateLedger };
  });
}

export default certificatesModule(new Map(), committeeModule(new Map()));

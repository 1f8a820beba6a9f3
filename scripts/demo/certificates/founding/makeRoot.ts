import * as x509 from "../../../../sdk/src/certificates/index.js";
import type { Stage } from "../../parties/Stage.js";
import { validityAt } from "../validityAt.js";

/** A centre's key that signs certificates, and its own certificate. */
export type Issuer = { readonly key: x509.KeyPair; readonly root: x509.Certificate };

/** Makes the P-256 key that the ledger will check signatures of, and a root certificate for it. */
export async function makeRoot({ name, hall }: Stage): Promise<Issuer> {
  const key = await x509.createKeyPair("P-256");
  const { tbs } = x509.createRootTbs({
    key,
    subject: { commonName: name },
    serial: x509.randomSerial(),
    ...validityAt(Number(await hall.context.clock())),
  });
  return { key, root: x509.parseCertificate(await x509.signTbs(tbs, key)) };
}

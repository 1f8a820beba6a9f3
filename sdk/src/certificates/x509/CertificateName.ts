/** A distinguished name: of a subject or an issuer. */
export type CertificateName = {
  /** As people read it: `CN=node 7, O=Example`. Not for comparing. */
  readonly text: string;
  /** What is compared. */
  readonly der: Uint8Array;
};

/** A line of the certificates' books: what the chain says, and what it must say. */
export type CertificateEntry = { readonly what: string; readonly actual: string; readonly expected: string };

/** What TLS is given, as PEM: a party's own key and certificate, and whom it trusts to issue. */
export type Credentials = { readonly key: string; readonly cert: string; readonly ca: string };

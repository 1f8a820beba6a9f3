/** What a certificate or a request is for, besides its subject: the subject alternative names. */
export type AlternativeNames = {
  readonly dns: readonly string[];
  /** Text: `192.0.2.1`, or IPv6 in eight groups without shortening, `2001:db8:0:0:0:0:0:1`. */
  readonly ip: readonly string[];
  readonly uri: readonly string[];
  readonly email: readonly string[];
  /** How many stand there of other kinds, which are not read. */
  readonly others: number;
};

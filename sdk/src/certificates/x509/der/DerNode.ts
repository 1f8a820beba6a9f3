/** A value of DER with what lies in it. */
export type DerNode = {
  /** The identifier octet: class, form and number. */
  readonly tag: number;
  /** Where it begins in the document. */
  readonly offset: number;
  /** The whole encoding: identifier, length and contents. */
  readonly bytes: Uint8Array;
  /** The contents alone. */
  readonly body: Uint8Array;
  /** What a constructed value holds; a primitive one has none. */
  readonly children: readonly DerNode[];
};

/** The identifier octets that certificates and requests are made of. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** An account or a contract: 20 bytes in hex, with its EIP-55 checksum wherever the SDK gives one out. */
export type Address = string;

/** Bytes in hex, with 0x in front. */
export type Hex = string;

import { toBeHex, toUtf8Bytes, ZeroAddress } from "ethers";

import { unexpectedAnswer } from "../../core/reads/unexpectedAnswer.js";

/** "guildhallcentre", with which the addresses begin that accounts own tokens as. */
const PREFIX = toBeHex(
  toUtf8Bytes("guildhallcentre").reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n),
  15,
);

/** The number of the account that owns a token as this address; 0 for the zero address. Errors: {@link RpcError} for another. */
export function accountOfOwner(owner: string): number {
  if (owner === ZeroAddress) return 0;
  if (owner.toLowerCase().startsWith(PREFIX)) return Number.parseInt(owner.slice(PREFIX.length), 16);
  throw unexpectedAnswer(`${owner} stands for no account of the ledger.`, { owner });
}

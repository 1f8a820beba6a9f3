/**
 * The physical floor of an operation: what the protocol itself charges for the work, whoever writes the contract. It adds up
 * the base transaction, the calldata as sent, each cold account and slot once, each storage write, each precompile and each
 * log. Nothing is counted for hashing, decoding, memory or jumps: that is the code's own share, and the ratio shows it.
 */
export type FloorParts = {
  /** The calldata of the transaction; leave out for a call that is measured alone. */
  readonly calldata?: string;
  /** Accounts touched for the first time (the token, a code blob); the called contract itself is warm in a transaction. */
  readonly coldAccounts?: number;
  /** Slots that are only read. */
  readonly reads?: number;
  /** Slots that go from zero to something. */
  readonly freshWrites?: number;
  /** Slots that go from something to something else. */
  readonly updates?: number;
  /** Slots that go from something to zero: an update, and 4,800 of refund. */
  readonly clears?: number;
  readonly ecrecovers?: number;
  /** P-256 signatures that the precompile checks (EIP-7951). */
  readonly p256Verifies?: number;
  /** Byte lengths of the inputs to the SHA-256 precompile. */
  readonly sha256?: readonly number[];
  /** Byte lengths of the code of contracts that are created. */
  readonly creations?: readonly number[];
  readonly logs?: readonly { readonly topics: number; readonly bytes: number }[];
};

const TX_BASE = 21_000;
const COLD_ACCOUNT = 2_600;
const COLD_SLOT = 2_100;
const FRESH_WRITE = 20_000;
const UPDATE = 2_900;
const CLEAR_REFUND = 4_800;
const ECRECOVER = 3_000;
const P256_VERIFY = 6_900;
const WARM_CALL = 100;
const CREATION = 32_000;
const CODE_BYTE = 200;

/** Gas of a transaction's calldata: 4 for a zero byte, 16 for another. */
export function calldataGas(data: string): number {
  const bytes = Buffer.from(data.slice(2), "hex");
  const zeros = bytes.filter((byte) => byte === 0).length;
  return zeros * 4 + (bytes.length - zeros) * 16;
}

/** The floor of an operation in gas, after refunds (at most a fifth of the gas, EIP-3529). */
export function floorOf(parts: FloorParts): number {
  const sha256 = parts.sha256 ?? [];
  const logs = parts.logs ?? [];
  const gas =
    (parts.calldata === undefined ? 0 : TX_BASE + calldataGas(parts.calldata)) +
    (parts.coldAccounts ?? 0) * COLD_ACCOUNT +
    (parts.reads ?? 0) * COLD_SLOT +
    (parts.freshWrites ?? 0) * (COLD_SLOT + FRESH_WRITE) +
    ((parts.updates ?? 0) + (parts.clears ?? 0)) * (COLD_SLOT + UPDATE) +
    (parts.ecrecovers ?? 0) * (WARM_CALL + ECRECOVER) +
    (parts.p256Verifies ?? 0) * (WARM_CALL + P256_VERIFY) +
    sha256.reduce((sum, length) => sum + WARM_CALL + 60 + 12 * Math.ceil(length / 32), 0) +
    (parts.creations ?? []).reduce((sum, length) => sum + CREATION + CODE_BYTE * length, 0) +
    logs.reduce((sum, log) => sum + 375 + 375 * log.topics + 8 * log.bytes, 0);
  return gas - Math.min((parts.clears ?? 0) * CLEAR_REFUND, Math.floor(gas / 5));
}

/** An ERC-20 `Transfer` log. */
export const TRANSFER_LOG = { topics: 3, bytes: 32 } as const;

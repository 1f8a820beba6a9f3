import { dataLength, dataSlice } from "ethers";

const HEAD = 65;
const KEY_ENTRY = 64;
const FROST_APPROVAL = 97;

/**
 * The length that an approval of a known scheme has by its own content; where it ends too early to say, the least it must
 * have. Mirrors the contract.
 */
export function approvalLength(approval: string): { readonly expected: number; readonly isSubset: boolean } {
  if (approval.startsWith("0x02")) return { expected: FROST_APPROVAL, isSubset: true };
  const actual = dataLength(approval);
  if (actual < HEAD) return { expected: HEAD, isSubset: true };
  const signers = BigInt(dataSlice(approval, 1, 33));
  const wallets = BigInt(dataSlice(approval, 33, 65));
  let expected = HEAD;
  for (let index = 0; signers >> BigInt(index) !== 0n; index++) {
    if (((signers >> BigInt(index)) & 1n) === 0n) continue;
    if (((wallets >> BigInt(index)) & 1n) === 0n) {
      expected += KEY_ENTRY;
    } else {
      if (expected + 2 > actual) return { expected: expected + 2, isSubset: true };
      expected += 2 + Number(dataSlice(approval, expected, expected + 2));
    }
  }
  return { expected, isSubset: (wallets & ~signers) === 0n };
}

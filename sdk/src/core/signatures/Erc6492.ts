import { AbiCoder, concat, dataSlice } from "ethers";

const MAGIC = "6492".repeat(16);

/** A signature of a wallet that may not be deployed yet, out of its wrapping (ERC-6492). */
export type Erc6492Signature = {
  /** What deploys the wallet. */
  readonly factory: string;
  /** What the factory is called with. */
  readonly factoryCalldata: string;
  /** What the wallet itself is asked to accept. */
  readonly signature: string;
};

/**
 * Whether a signature carries the wrapping of ERC-6492.
 *
 * @example
 * import { isErc6492, wrapErc6492 } from "@guildhall/sdk";
 * const parts = { factory: "0x00000000000000000000000000000000000000AA", factoryCalldata: "0x01", signature: "0x02" };
 * assert.deepEqual([isErc6492(wrapErc6492(parts)), isErc6492("0x02")], [true, false]);
 */
export function isErc6492(signature: string): boolean {
  return signature.endsWith(MAGIC);
}

/**
 * Wraps a signature of a wallet that is not deployed yet, so that it can be checked before the wallet is.
 *
 * @example
 * import { unwrapErc6492, wrapErc6492 } from "@guildhall/sdk";
 * const parts = { factory: "0x00000000000000000000000000000000000000AA", factoryCalldata: "0x01", signature: "0x02" };
 * assert.deepEqual(unwrapErc6492(wrapErc6492(parts)), parts);
 */
export function wrapErc6492({ factory, factoryCalldata, signature }: Erc6492Signature): string {
  const body = AbiCoder.defaultAbiCoder().encode(["address", "bytes", "bytes"], [factory, factoryCalldata, signature]);
  return concat([body, `0x${MAGIC}`]);
}

/** Takes a signature out of its wrapping; undefined where it carries none, or a damaged one. */
export function unwrapErc6492(wrapped: string): Erc6492Signature | undefined {
  if (!isErc6492(wrapped)) return undefined;
  try {
    const [factory, factoryCalldata, signature] = AbiCoder.defaultAbiCoder().decode(
      ["address", "bytes", "bytes"],
      dataSlice(wrapped, 0, (wrapped.length - 2) / 2 - 32),
    ) as unknown as [string, string, string];
    return { factory, factoryCalldata, signature };
  } catch {
    return undefined;
  }
}

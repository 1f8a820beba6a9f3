import type { NonceStore } from "./NonceStore.js";

/**
 * A nonce store that lasts as long as the process. Enough where the machine is never restored from a snapshot; else use
 * `openFileNonceStore` of `@guildhall/sdk/node`.
 *
 * @example
 * import { createMemoryNonceStore } from "@guildhall/sdk";
 * const store = createMemoryNonceStore();
 * const nonceId = "0x" + "07".repeat(32);
 * assert.equal(await store.reserve(nonceId), true);
 * assert.equal(await store.spend(nonceId), true);
 * assert.equal(await store.spend(nonceId), false);
 */
export function createMemoryNonceStore(): NonceStore {
  const states = new Map<string, "reserved" | "spent">();
  return {
    reserve: (nonceId) => {
      const isNew = !states.has(nonceId);
      if (isNew) states.set(nonceId, "reserved");
      return Promise.resolve(isNew);
    },
    spend: (nonceId) => {
      const isReserved = states.get(nonceId) === "reserved";
      if (isReserved) states.set(nonceId, "spent");
      return Promise.resolve(isReserved);
    },
  };
}

import { expect } from "chai";
import { concat, getCreate2Address, hexlify, ZeroHash } from "ethers";

import { chunkHashOf, ethers, networkHelpers } from "../helpers/rewards.js";

const MAX_LENGTH = 24_575;
/** What one transaction may use. */
const GAS_CAP = 16_777_216n;

describe("ChunkStore", () => {
  async function storeFixture() {
    const store = await ethers.deployContract("ChunkStore");
    return { store, address: await store.getAddress() };
  }

  async function fixture() {
    return networkHelpers.loadFixture(storeFixture);
  }

  const bytesOf = (length: number): string => hexlify(Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255));

  describe("store", () => {
    it("reverts for an empty chunk", async () => {
      const { store } = await fixture();
      await expect(store.store("0x")).to.be.revertedWithCustomError(store, "ChunkStoreLength").withArgs(MAX_LENGTH, 0n);
      await store.store("0x00");
    });

    it("reverts for a chunk that is too long for a contract", async () => {
      const { store } = await fixture();
      await expect(store.store(bytesOf(MAX_LENGTH + 1)))
        .to.be.revertedWithCustomError(store, "ChunkStoreLength")
        .withArgs(MAX_LENGTH, MAX_LENGTH + 1);
      await store.store(bytesOf(MAX_LENGTH));
    });

    for (const length of [1, 31, 32, 255, 256, 24_574, MAX_LENGTH]) {
      it(`stores ${length} bytes as code behind a zero byte, and tells where`, async () => {
        const { store, address } = await fixture();
        const chunk = bytesOf(length);
        const chunkHash = chunkHashOf(chunk);
        const pointer = getCreate2Address(address, ZeroHash, chunkHash);
        expect(await store.store.staticCall(chunk)).to.equal(chunkHash);
        await expect(store.store(chunk)).to.emit(store, "ChunkStored").withArgs(chunkHash, pointer, length);
        expect(await ethers.provider.getCode(pointer)).to.equal(concat(["0x00", chunk]));
      });
    }

    it("fits the largest chunk into one transaction", async () => {
      const { store } = await fixture();
      const chunk = hexlify(new Uint8Array(MAX_LENGTH).fill(255));
      const receipt = await (await store.store(chunk)).wait();
      expect(receipt!.gasUsed).to.be.lessThan(GAS_CAP);
    });

    it("leaves a chunk that is there as it is, whoever stores it again", async () => {
      const { store } = await fixture();
      const [, , someone] = await ethers.getSigners();
      await store.store("0xabcd");
      const again = store.connect(someone).store("0xabcd");
      await expect(again).not.to.emit(store, "ChunkStored");
      expect(await store.store.staticCall("0xabcd")).to.equal(chunkHashOf("0xabcd"));
      expect(await ethers.provider.getCode(await store.pointerOf(chunkHashOf("0xabcd")))).to.equal("0x00abcd");
    });

    it("keeps chunks apart that differ in trailing zeros alone", async () => {
      const { store } = await fixture();
      for (const chunk of ["0x05", "0x0500"]) await store.store(chunk);
      const pointers = await Promise.all(["0x05", "0x0500"].map(async (chunk) => store.pointerOf(chunkHashOf(chunk))));
      const codes = await Promise.all(pointers.map(async (pointer) => ethers.provider.getCode(pointer)));
      expect(codes).to.deep.equal(["0x0005", "0x000500"]);
    });

    it("stores a chunk that can be called by nobody", async () => {
      const { store } = await fixture();
      // SELFDESTRUCT to the zero address, were it code.
      await store.store("0x5fff");
      const pointer = await store.pointerOf(chunkHashOf("0x5fff"));
      const [signer] = await ethers.getSigners();
      await signer!.sendTransaction({ to: pointer, data: "0x00" });
      expect(await ethers.provider.getCode(pointer)).to.equal("0x005fff");
    });
  });

  describe("pointerOf", () => {
    it("names the address before anything is there", async () => {
      const { store, address } = await fixture();
      const chunkHash = chunkHashOf("0x1234");
      const pointer = getCreate2Address(address, ZeroHash, chunkHash);
      expect(await store.pointerOf(chunkHash)).to.equal(pointer);
      expect(await ethers.provider.getCode(pointer)).to.equal("0x");
    });

    it("names another address in another store", async () => {
      const { store } = await fixture();
      const other = await ethers.deployContract("ChunkStore");
      const chunkHash = chunkHashOf("0x1234");
      expect(await store.pointerOf(chunkHash)).not.to.equal(await other.pointerOf(chunkHash));
    });
  });
});

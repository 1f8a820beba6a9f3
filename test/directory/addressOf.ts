import { expect } from "chai";

import type { Directory } from "../../typechain-types/index.js";
import { deployContracts, deployDirectory, ethers } from "./fixture.js";

const { encodeBytes32String, ZeroHash } = ethers;

describe("Directory", () => {
  describe("addressOf", () => {
    let directory: Directory;
    let accounts: readonly string[];

    before(async () => {
      accounts = await deployContracts(3);
      directory = await deployDirectory(accounts.map((account, i) => [`Contract${i}`, account]));
    });

    it("finds each name", async () => {
      expect(new Set(accounts).size).to.equal(3);
      for (const [i, account] of accounts.entries()) {
        expect(await directory.addressOf(encodeBytes32String(`Contract${i}`))).to.equal(account);
      }
    });

    it("reverts for an unknown name", async () => {
      const name = encodeBytes32String("contract0");
      await expect(directory.addressOf(name))
        .to.be.revertedWithCustomError(directory, "DirectoryUnknownName")
        .withArgs(name);
    });

    it("reverts for the empty name", async () => {
      await expect(directory.addressOf(ZeroHash))
        .to.be.revertedWithCustomError(directory, "DirectoryUnknownName")
        .withArgs(ZeroHash);
    });
  });
});

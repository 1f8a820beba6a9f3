import { expect } from "chai";

import type { Line } from "./fixture.js";
import { deployContracts, deployDirectory, deployRaw, ethers } from "./fixture.js";

const { encodeBytes32String, hexlify, toUtf8Bytes, zeroPadBytes, ZeroAddress, ZeroHash } = ethers;

describe("Directory", () => {
  describe("constructor", () => {
    let first: string;
    let second: string;
    let reference: Awaited<ReturnType<typeof deployDirectory>>;

    before(async () => {
      [first, second] = (await deployContracts(2)) as [string, string];
      reference = await deployDirectory([]);
    });

    describe("when there is no line", () => {
      it("is empty", async () => {
        const directory = await deployDirectory([]);
        expect(await directory.entries()).to.deep.equal([]);
        expect(await directory.previous()).to.equal(ZeroAddress);
        await expect(directory.deploymentTransaction()).to.emit(directory, "Succeeded").withArgs(ZeroAddress);
      });
    });

    describe("when every line is good", () => {
      it("keeps the lines in order", async () => {
        const directory = await deployDirectory([
          ["Zebra", second],
          ["Ant", first],
        ]);
        expect(await directory.entries()).to.deep.equal([
          [encodeBytes32String("Zebra"), second],
          [encodeBytes32String("Ant"), first],
        ]);
      });

      it("tells each line in an event", async () => {
        const directory = await deployDirectory([
          ["CommitteeRegistry", first],
          ["ReferralDeals", second],
        ]);
        await expect(directory.deploymentTransaction())
          .to.emit(directory, "Entered")
          .withArgs(encodeBytes32String("CommitteeRegistry"), first)
          .to.emit(directory, "Entered")
          .withArgs(encodeBytes32String("ReferralDeals"), second);
      });

      it("takes names of 1 and of 31 characters", async () => {
        const directory = await deployDirectory([
          ["!", first],
          ["~".repeat(31), second],
        ]);
        expect(await directory.addressOf(encodeBytes32String("!"))).to.equal(first);
        expect(await directory.addressOf(encodeBytes32String("~".repeat(31)))).to.equal(second);
      });
    });

    describe("when a name is wrong", () => {
      async function expectInvalid(name: string): Promise<void> {
        const lines: readonly Line[] = [
          [encodeBytes32String("Good"), first],
          [name, second],
        ];
        await expect(deployRaw(lines))
          .to.be.revertedWithCustomError(reference, "DirectoryInvalidName")
          .withArgs(1, name);
      }

      it("reverts for an empty name", async () => {
        await expectInvalid(ZeroHash);
      });

      it("reverts for a name of 32 characters", async () => {
        await expectInvalid(hexlify(toUtf8Bytes("x".repeat(32))));
      });

      it("reverts for a name with a zero inside", async () => {
        await expectInvalid(zeroPadBytes("0x41420043", 32));
        await expectInvalid(`0x41${"00".repeat(30)}01`);
      });

      it("reverts for a name with a space", async () => {
        await expectInvalid(encodeBytes32String("Referral Deals"));
        await expectInvalid(encodeBytes32String(" ReferralDeals"));
        await expectInvalid(encodeBytes32String("ReferralDeals\n"));
      });

      it("reverts for a name with a character that is not ASCII", async () => {
        await expectInvalid(encodeBytes32String("Röm"));
        await expectInvalid(zeroPadBytes("0x7f", 32));
      });

      it("reverts for a name that stands twice", async () => {
        await expect(
          deployDirectory([
            ["Twice", first],
            ["Once", first],
            ["Twice", second],
          ]),
        )
          .to.be.revertedWithCustomError(reference, "DirectoryNameTaken")
          .withArgs(2, encodeBytes32String("Twice"), first);
      });
    });

    describe("when an account has no code", () => {
      it("reverts for the zero address", async () => {
        await expect(deployDirectory([["Nobody", ZeroAddress]]))
          .to.be.revertedWithCustomError(reference, "DirectoryNoCode")
          .withArgs(0, encodeBytes32String("Nobody"), ZeroAddress);
      });

      it("reverts for a key's account", async () => {
        const { address } = ethers.Wallet.createRandom();
        await expect(
          deployDirectory([
            ["Contract", first],
            ["Key", address],
          ]),
        )
          .to.be.revertedWithCustomError(reference, "DirectoryNoCode")
          .withArgs(1, encodeBytes32String("Key"), address);
      });
    });

    describe("given a directory before", () => {
      it("names it", async () => {
        const previous = await reference.getAddress();
        const directory = await deployDirectory([["ReferralDeals", first]], previous);
        expect(await directory.previous()).to.equal(previous);
        await expect(directory.deploymentTransaction()).to.emit(directory, "Succeeded").withArgs(previous);
      });

      it("reverts when it has no code", async () => {
        const { address } = ethers.Wallet.createRandom();
        await expect(deployDirectory([["ReferralDeals", first]], address))
          .to.be.revertedWithCustomError(reference, "DirectoryPreviousNoCode")
          .withArgs(address);
      });
    });
  });
});

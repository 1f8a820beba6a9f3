import { expect } from "chai";
import { toBeHex, zeroPadValue } from "ethers";
import { network } from "hardhat";

import type { CertificateError } from "../../sdk/src/certificates/index.js";
import type { EthGetProof } from "../../sdk/src/certificates/proof/EthGetProof.js";
import { verifyProof } from "../../sdk/src/certificates/proof/verifyProof.js";

const { ethers, networkHelpers, provider } = await network.create();

describe("certificates SDK", () => {
  describe("verifyProof", () => {
    const [first, second, empty] = [0, 1, 2].map((slot) => toBeHex(slot, 32)) as [string, string, string];
    const address = `0x${"ab".repeat(20)}`;
    const [small, large] = [5n, 2n ** 256n - 1n];

    /** The proof of some slots of an account, and the root that it leads to. */
    async function proofOf(account: string, slots: readonly string[]) {
      const answer = (await provider.request({
        method: "eth_getProof",
        params: [account, slots, "latest"],
      })) as EthGetProof;
      const block = (await provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] })) as {
        readonly stateRoot: string;
      };
      return { address: account, slots, stateRoot: block.stateRoot, answer };
    }

    before(async () => {
      await networkHelpers.setCode(address, "0x00");
      await networkHelpers.setStorageAt(address, first, toBeHex(small, 32));
      await networkHelpers.setStorageAt(address, second, toBeHex(large, 32));
      await networkHelpers.mine();
    });

    it("gives each slot's value in its place, and 0 for one that is proved to be empty", async () => {
      expect(await verifyProof(await proofOf(address, [second, empty, first]))).to.deep.equal([large, 0n, small]);
    });

    it("gives 0 for every slot of an account that is proved not to be", async () => {
      const nobody = zeroPadValue("0x1234", 20);
      expect(await ethers.provider.getCode(nobody)).to.equal("0x");
      expect(await verifyProof(await proofOf(nobody, [first, second]))).to.deep.equal([0n, 0n]);
    });

    it("names the part that is not proved", async () => {
      const given = await proofOf(address, [first, second]);
      const { stateRoot, answer } = given;
      const { accountProof, storageProof } = answer;
      const refusals: readonly [object, string][] = [
        [{ answer: { ...answer, accountProof: [] } }, "account"],
        [{ answer: { ...answer, accountProof: accountProof.slice(0, -1) } }, "account"],
        [{ answer: { accountProof: ["no hex"], storageProof } }, "account"],
        [{ address: zeroPadValue("0x1234", 20) }, "account"],
        [{ answer: { accountProof, storageProof: storageProof.slice(0, 1) } }, `slot ${second}`],
        [{ answer: { accountProof, storageProof: [{ proof: [] }, storageProof[1]] } }, `slot ${first}`],
        [{ slots: [first, first] }, `slot ${first}`],
      ];
      for (const [changes, part] of refusals) {
        const error = await verifyProof({ ...given, ...changes }).catch((caught: unknown) => caught);
        expect(error).to.have.property("code", "PROOF_INVALID");
        expect((error as CertificateError).args).to.deep.equal({ part, stateRoot });
      }
    });
  });
});

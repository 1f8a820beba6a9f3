import { expect } from "chai";
import { network } from "hardhat";

import { fund } from "../../scripts/demo/deployment/fund.js";

/**
 * The demo gave its parties money for gas at the price of that moment. On geth, whose fee falls to nothing while blocks are
 * small and rises by an eighth with each full one, they could not pay their last transactions.
 */
describe("finding: fees that rise", () => {
  it("leave the demo's parties money for all their gas at four times the price", async () => {
    const { ethers } = await network.create();
    const [funder, spare] = await ethers.getSigners();
    const party = ethers.Wallet.createRandom(ethers.provider);
    const gas = 3_000_000n;
    const { maxFeePerGas } = await ethers.provider.getFeeData();
    await fund({
      ...{ provider: ethers.provider, funder: funder!, token: spare!.address, tokens: new Map() },
      ...{ accounts: new Map([["party", party.address]]), gasOf: () => gas },
    });
    const dear = { gasLimit: gas, maxFeePerGas: 4n * maxFeePerGas!, maxPriorityFeePerGas: 0n };
    const sent = await party.sendTransaction({ to: spare!.address, ...dear });
    expect((await sent.wait())?.status).to.equal(1);
  });
});

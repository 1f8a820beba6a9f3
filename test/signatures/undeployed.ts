import { anyValue } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { expect } from "chai";
import { AbiCoder, id, keccak256 } from "ethers";

import { verifySignature, wrapErc6492 } from "../../sdk/src/index.js";
import { deployWallet, submittable } from "../../sdk/src/deals/walletDeployment.js";
import { anybody, type Connection, FUNDS, recordSale, saleOf, type World } from "../helpers/deals.js";
import { DEAL_ROWS, dealSituation, worldAt } from "./deals.js";
import { digestOf } from "./digestOf.js";
import { refuses, takes } from "./verdicts.js";

const OWNER = anybody("owner of a wallet that is not deployed yet");
const SALT = id("a wallet");

/** The world with a wallet that a factory will deploy in the place of one party. It has money and an allowance already. */
async function withUndeployed(role: "merchant" | "customer" | "buyer") {
  const { world: bare, chain } = await worldAt("here");
  const factory = await chain.ethers.deployContract("OwnerWalletFactory");
  const account = await factory.getFunction("addressOf").staticCall(OWNER.address, SALT);
  const world: World = { ...bare, [role]: { ...bare[role], address: account, sign: OWNER.sign } };
  await world.token.mint(account, FUNDS);
  await allow(chain, world, account);
  const factoryCalldata = factory.interface.encodeFunctionData("deploy", [OWNER.address, SALT]);
  return { chain, world, account, factory: await factory.getAddress(), factoryCalldata };
}

/** An account without code cannot approve anything by itself, so its allowance is written. */
async function allow(
  { networkHelpers }: Connection,
  { token, tokenAddress, dealsAddress }: World,
  account: string,
): Promise<void> {
  const place = (key: string, of: string) =>
    keccak256(AbiCoder.defaultAbiCoder().encode(["address", "bytes32"], [key, of]));
  const slot = place(dealsAddress, place(account, `0x${"01".padStart(64, "0")}`));
  await networkHelpers.setStorageAt(tokenAddress, slot, FUNDS);
  expect(await token.allowance(account, dealsAddress)).to.equal(FUNDS);
}

describe("signatures", () => {
  describe("wallets that are not deployed yet (ERC-6492)", () => {
    for (const row of DEAL_ROWS) {
      describe(`given the ${row.role}'s ${row.type} in ${row.where}`, () => {
        it("verify for the SDK, are refused by the contract, and taken once the SDK has deployed the wallet", async () => {
          const { chain, world, account, factory, factoryCalldata } = await withUndeployed(row.role);
          const { ethers, networkHelpers } = chain;
          // What comes before was signed while the wallet was there.
          const wallet = await ethers.deployContract("OwnerWallet", [OWNER.address]);
          await networkHelpers.setCode(account, (await wallet.getDeployedCode())!);
          if (row.role !== "buyer") await recordSale(world, saleOf(world));
          await row.prepare?.(world);
          await networkHelpers.setCode(account, "0x");

          const situation = dealSituation(row, world, chain);
          const digest = digestOf(situation.typed);
          const bare = OWNER.sign(digest);
          const wrapped = wrapErc6492({ factory, factoryCalldata, signature: bare }) as `0x${string}`;
          const { provider } = ethers;
          const verify = async (signature: string, of = digest) =>
            verifySignature({ account, digest: of, signature, provider });

          expect(await verify(wrapped)).to.deep.include({ valid: true, by: "undeployed", signature: bare });
          expect(await verify(wrapped, id("another"))).to.deep.equal({ valid: false, reason: "WALLET_REFUSED" });
          expect(await verify(bare)).to.deep.equal({ valid: false, reason: "OTHER_SIGNER" });
          // Where the same wallet signs two documents of a call, it may be the other one that is looked at first.
          const either = { ...situation, refusal: () => ["DealsWrongSignature", [account, anyValue]] as const };
          await refuses(either, bare);
          await refuses(either, wrapped);
          const early = await submittable(provider, account as `0x${string}`, wrapped).catch((error: unknown) => error);
          expect(early).to.deep.include({ code: "DEAL_WALLET_NOT_DEPLOYED" });

          const { to, data } = deployWallet({ account, signature: wrapped });
          await world.relayer.runner.sendTransaction({ to, data });
          expect(await verify(wrapped)).to.deep.equal({ valid: true, by: "wallet", signature: bare });
          await refuses(situation, wrapped);
          const signature = await submittable(provider, account, wrapped);
          expect(signature).to.equal(bare);
          await takes(situation, signature);
        });
      });
    }
  });
});

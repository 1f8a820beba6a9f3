import { expect } from "chai";
import { id, MaxUint256 } from "ethers";

import type { Account, CallOptions, Payment, World } from "../helpers/deals.js";
import {
  authorization,
  at,
  BY_ALLOWANCE,
  compact,
  dealOf,
  ethers,
  FUNDS,
  installPermit2,
  loadWorld,
  Method,
  moved,
  offerOf,
  openOffer,
  permit,
  permit2,
  PERMIT2_ADDRESS,
  Q2,
  recordSale,
  refused,
  saleOf,
  settle,
  settleWithEvidence,
} from "../helpers/deals.js";
import type { MoneyIn } from "../helpers/entryPoints.js";
import { MONEY_IN } from "../helpers/entryPoints.js";

type Token = World["token"];

/** The world with another token in the place of the standard one, and no allowance for the contract. */
async function worldWith(name: "StandardToken" | "AuthorizationToken" | "PhantomPermitToken"): Promise<World> {
  const world = await loadWorld();
  const token = (await ethers.deployContract(name)) as unknown as Token;
  const changed = { ...world, token, tokenAddress: await token.getAddress() };
  for (const account of [world.merchant, world.customer, world.buyer]) await token.mint(account.address, FUNDS);
  await recordSale(changed, saleOf(changed));
  return changed;
}

async function withPermit2(): Promise<World> {
  const world = await worldWith("StandardToken");
  await installPermit2();
  for (const account of [world.merchant, world.customer, world.buyer]) {
    await world.token.connect(account.runner).approve(PERMIT2_ADDRESS, MaxUint256);
  }
  return world;
}

const payerOf = (world: World, entry: MoneyIn): Account => world[entry.payer];

/** What the payer pays, all told: the parties' differences in the token but for the contract's and the merchant's. */
async function paid(world: World, entry: MoneyIn, payment: Payment, options: CallOptions = {}): Promise<bigint> {
  const differences = await moved(world, entry.call(world, { ...options, payment }));
  expect(differences.reduce((sum, difference) => sum + difference, 0n)).to.equal(0n);
  return -differences[["merchant", "customer", "buyer"].indexOf(entry.payer) + 1]!;
}

describe("ReferralDeals", () => {
  describe("payments", () => {
    for (const entry of MONEY_IN) {
      describe(`given ${entry.name}`, () => {
        describe("by allowance", () => {
          it("takes exactly the amount", async () => {
            const world = await loadWorld();
            expect(await paid(world, entry, BY_ALLOWANCE)).to.equal(entry.amount);
          });

          it("reverts for one less than the amount", async () => {
            const world = await worldWith("StandardToken");
            const token = world.token.connect(payerOf(world, entry).runner);
            await token.approve(world.dealsAddress, entry.amount - 1n);
            const args = [world.dealsAddress, entry.amount - 1n, entry.amount];
            const honest = async () => {
              await token.approve(world.dealsAddress, entry.amount);
              await entry.call(world);
            };
            await refused(world, entry.call(world), "ERC20InsufficientAllowance", args, honest, world.token);
          });

          it("uses no permit that it is not told to use", async () => {
            const world = await worldWith("StandardToken");
            const payment = await permit(world, world.token, payerOf(world, entry), entry.amount);
            const args = [world.dealsAddress, 0n, entry.amount];
            const attempt = entry.call(world, { payment: { ...payment, method: BY_ALLOWANCE.method } });
            const honest = async () => {
              await entry.call(world, { payment });
            };
            await refused(world, attempt, "ERC20InsufficientAllowance", args, honest, world.token);
          });

          it("reverts for a method that there is not", async () => {
            const world = await loadWorld();
            const attempt = entry.call(world, { payment: { ...BY_ALLOWANCE, method: 4n } });
            await expect(attempt).to.be.revertedWithoutReason(ethers);
            await entry.call(world);
          });
        });

        describe("by an EIP-2612 permit", () => {
          it("takes exactly the amount without an allowance before", async () => {
            const world = await worldWith("StandardToken");
            const payment = await permit(world, world.token, payerOf(world, entry), entry.amount);
            expect(await paid(world, entry, payment)).to.equal(entry.amount);
            expect(await world.token.allowance(payerOf(world, entry).address, world.dealsAddress)).to.equal(0n);
          });

          it("takes it although somebody brought the permit first", async () => {
            const world = await worldWith("StandardToken");
            const payer = payerOf(world, entry);
            const payment = await permit(world, world.token, payer, entry.amount);
            const { v, r, s } = ethers.Signature.from(payment.signature);
            const thief = world.token.connect(world.stranger.runner);
            await thief.permit(payer.address, world.dealsAddress, entry.amount, payment.deadline, v, r, s);
            expect(await paid(world, entry, payment)).to.equal(entry.amount);
          });

          it("reverts for another's permit", async () => {
            const world = await worldWith("StandardToken");
            const payment = await permit(world, world.token, world.stranger, entry.amount);
            const args = [world.dealsAddress, 0n, entry.amount];
            const attempt = entry.call(world, { payment });
            const honest = async () => {
              const own = await permit(world, world.token, payerOf(world, entry), entry.amount);
              await entry.call(world, { payment: own });
            };
            await refused(world, attempt, "ERC20InsufficientAllowance", args, honest, world.token);
          });

          it("reverts for a permit of less", async () => {
            const world = await worldWith("StandardToken");
            const payer = payerOf(world, entry);
            const less = await permit(world, world.token, payer, entry.amount - 1n);
            const args = [world.dealsAddress, 0n, entry.amount];
            const honest = async () => {
              const payment = await permit(world, world.token, payer, entry.amount);
              await entry.call(world, { payment });
            };
            const attempt = entry.call(world, { payment: less });
            await refused(world, attempt, "ERC20InsufficientAllowance", args, honest, world.token);
          });

          it("reverts for a permit that is out of date", async () => {
            const world = await worldWith("StandardToken");
            const payer = payerOf(world, entry);
            const payment = await permit(world, world.token, payer, entry.amount, world.start - 1n);
            const args = [world.dealsAddress, 0n, entry.amount];
            const honest = async () => {
              const fresh = await permit(world, world.token, payer, entry.amount);
              await entry.call(world, { payment: fresh });
            };
            const attempt = entry.call(world, { payment });
            await refused(world, attempt, "ERC20InsufficientAllowance", args, honest, world.token);
          });

          it("reverts for a token whose fallback pretends to know permits", async () => {
            const world = await worldWith("PhantomPermitToken");
            const payment = { method: Method.PERMIT, deadline: world.moment, signature: `0x${"01".repeat(65)}` };
            const args = [world.dealsAddress, 0n, entry.amount];
            const honest = async () => {
              await world.token.connect(payerOf(world, entry).runner).approve(world.dealsAddress, entry.amount);
              await entry.call(world, { payment });
            };
            const attempt = entry.call(world, { payment });
            await refused(world, attempt, "ERC20InsufficientAllowance", args, honest, world.token);
          });
        });

        describe("by an ERC-3009 authorization", () => {
          async function fixture() {
            const world = await worldWith("AuthorizationToken");
            const token = await ethers.getContractAt("AuthorizationToken", world.tokenAddress);
            const payer = payerOf(world, entry);
            const nonce = entry.documentId(world);
            const payment = await authorization(world, token, payer, entry.amount, nonce);
            return { world, token, payer, nonce, payment, honest: async () => entry.call(world, { payment }) };
          }

          it("takes exactly the amount, once", async () => {
            const { world, token, payer, nonce, payment } = await fixture();
            expect(await paid(world, entry, payment)).to.equal(entry.amount);
            expect(await token.authorizationState(payer.address, nonce)).to.equal(true);
          });

          it("cannot be brought first by anybody else", async () => {
            const { world, token, payer, nonce, payment, honest } = await fixture();
            const { v, r, s } = ethers.Signature.from(payment.signature);
            const attempt = token
              .connect(world.stranger.runner)
              .receiveWithAuthorization(
                payer.address,
                world.dealsAddress,
                entry.amount,
                0n,
                payment.deadline,
                nonce,
                v,
                r,
                s,
              );
            const args = [world.dealsAddress, world.stranger.address];
            await refused(world, attempt, "AuthorizationTokenNotReceiver", args, honest, token);
          });

          it("reverts for one made for another document", async () => {
            const { world, token, payer, honest } = await fixture();
            const payment = await authorization(world, token, payer, entry.amount, id("another document"));
            const attempt = entry.call(world, { payment });
            await expect(attempt).to.be.revertedWithCustomError(token, "AuthorizationTokenWrongSigner");
            await honest();
          });

          it("reverts for one of more", async () => {
            const { world, token, payer, nonce, honest } = await fixture();
            const payment = await authorization(world, token, payer, entry.amount + 1n, nonce);
            await expect(entry.call(world, { payment })).to.be.revertedWithCustomError(
              token,
              "AuthorizationTokenWrongSigner",
            );
            await honest();
          });

          it("reverts at its deadline, and passes one second before", async () => {
            const { world, token, payer, nonce } = await fixture();
            const deadline = world.start + 100_000n;
            const payment = await authorization(world, token, payer, entry.amount, nonce, deadline);
            await at(deadline);
            const late = entry.call(world, { payment });
            const honest = async () => {
              await at(deadline - 1n);
              await entry.call(world, { payment });
            };
            await refused(world, late, "AuthorizationTokenNotValidNow", [0n, deadline, deadline], honest, token);
          });
        });

        describe("by Permit2", () => {
          async function fixture() {
            const world = await withPermit2();
            const payer = payerOf(world, entry);
            const nonce = entry.documentId(world);
            const payment = permit2(world, world.tokenAddress, payer, entry.amount, nonce);
            const contract = await ethers.getContractAt("Permit2", PERMIT2_ADDRESS);
            return { world, payer, nonce, payment, contract, honest: async () => entry.call(world, { payment }) };
          }

          it("takes exactly the amount", async () => {
            const { world, payment } = await fixture();
            expect(await paid(world, entry, payment)).to.equal(entry.amount);
          });

          it("takes a compact signature", async () => {
            const { world, payment } = await fixture();
            const short = { ...payment, signature: compact(payment.signature) };
            expect(await paid(world, entry, short)).to.equal(entry.amount);
          });

          it("cannot be brought first by anybody else", async () => {
            const { world, payer, nonce, payment, contract, honest } = await fixture();
            const attempt = contract.connect(world.stranger.runner).permitTransferFrom(
              {
                permitted: { token: world.tokenAddress, amount: entry.amount },
                nonce,
                deadline: payment.deadline,
              },
              { to: world.stranger.address, requestedAmount: entry.amount },
              payer.address,
              payment.signature,
            );
            await refused(world, attempt, "InvalidSigner", [], honest, contract);
          });

          it("reverts for one made for another document", async () => {
            const { world, payer, contract, honest } = await fixture();
            const payment = permit2(world, world.tokenAddress, payer, entry.amount, id("another document"));
            await refused(world, entry.call(world, { payment }), "InvalidSigner", [], honest, contract);
          });

          it("reverts for one of more, or of another token", async () => {
            const { world, payer, nonce, contract, honest } = await fixture();
            const more = permit2(world, world.tokenAddress, payer, entry.amount + 1n, nonce);
            const other = permit2(world, world.dealsAddress, payer, entry.amount, nonce);
            await expect(entry.call(world, { payment: more })).to.be.revertedWithCustomError(contract, "InvalidSigner");
            await refused(world, entry.call(world, { payment: other }), "InvalidSigner", [], honest, contract);
          });

          it("reverts one second after its deadline, and passes at it", async () => {
            const { world, payer, nonce, contract } = await fixture();
            const deadline = world.start + 100_000n;
            const payment = permit2(world, world.tokenAddress, payer, entry.amount, nonce, deadline);
            await at(deadline + 1n);
            const honest = async () => {
              await at(deadline);
              await entry.call(world, { payment });
            };
            await refused(world, entry.call(world, { payment }), "SignatureExpired", [deadline], honest, contract);
          });

          it("reverts on a chain without Permit2", async () => {
            const world = await worldWith("StandardToken");
            const payer = payerOf(world, entry);
            const payment = permit2(world, world.tokenAddress, payer, entry.amount, entry.documentId(world));
            const honest = async () => {
              await world.token.connect(payer.runner).approve(world.dealsAddress, entry.amount);
              await entry.call(world);
            };
            const attempt = entry.call(world, { payment });
            await refused(world, attempt, "PaymentPermit2Missing", [PERMIT2_ADDRESS], honest, world.payments);
          });
        });
      });
    }

    it("uses up a Permit2 signature with its document, and leaves the nonce beside it", async () => {
      const world = await withPermit2();
      const contract = await ethers.getContractAt("Permit2", PERMIT2_ADDRESS);
      const deal = dealOf(world);
      const nonce = BigInt(MONEY_IN[2]!.documentId(world));
      const payment = permit2(world, world.tokenAddress, world.buyer, Q2, MONEY_IN[2]!.documentId(world));
      await settle(world, deal, { payment });
      expect(await contract.nonceBitmap(world.buyer.address, nonce >> 8n)).to.equal(1n << (nonce & 0xffn));
      const again = dealOf(world, offerOf(world, { salt: id("another offer") }));
      await expect(settle(world, again, { payment })).to.be.revertedWithCustomError(contract, "InvalidSigner");
    });

    it("takes nothing from whoever pays for nothing", async () => {
      const world = await loadWorld();
      const offer = offerOf(world, { policy: 0n, discount: 0n, free: true });
      await openOffer(world, offer);
      const wrong = { method: Method.PERMIT2, deadline: 0n, signature: "0x" };
      const settling = settleWithEvidence(world, offer, dealOf(world, offer), { payment: wrong });
      expect(await moved(world, settling)).to.deep.equal([0n, 0n, 0n, 0n]);
    });
  });
});

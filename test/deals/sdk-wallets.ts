import { expect } from "chai";
import { BrowserProvider, type Eip1193Provider, Signature } from "ethers";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import {
  encodeDealFile,
  isErc6492,
  MerchantSession,
  RpcError,
  signatureIn,
  type WalletSigner,
  wrapErc6492,
} from "../../sdk/src/index.js";
import type { OwnerWallet } from "../../typechain-types/index.js";
import {
  at,
  ethers,
  expectDealError,
  type Hall,
  itemHash,
  loadHall,
  openSessions,
  optionsFor,
  playTo,
  provider,
  Q1,
  Q2,
  R,
} from "../helpers/dealSessions.js";

/** Keys behind contract wallets: Hardhat's signers have them in the node, so these are made for the purpose. */
function keyOf(name: string) {
  return new ethers.Wallet(ethers.id(`the key behind the wallet of the ${name}`));
}

/** A signer that answers for a contract wallet with its owner's key. */
function walletSigner(address: string, name: string): WalletSigner {
  return { address, signTyped: (_, digest) => Promise.resolve(keyOf(name).signingKey.sign(digest).serialized) };
}

async function deployWallet(hall: Hall, name: string): Promise<OwnerWallet> {
  const wallet = await ethers.deployContract("OwnerWallet", [keyOf(name).address]);
  await hall.token.mint(await wallet.getAddress(), 10n ** 9n);
  return wallet;
}

/** Sends a call as a contract wallet, which the test impersonates. */
async function asWallet(address: string, run: (signer: HardhatEthersSigner) => Promise<unknown>): Promise<void> {
  await provider.request({ method: "hardhat_setBalance", params: [address, "0xde0b6b3a7640000"] });
  await run(await ethers.getImpersonatedSigner(address));
}

describe("deals SDK", () => {
  describe("contract wallets (ERC-1271)", () => {
    it("play every role, with a relayer for each transaction", async () => {
      const hall = await loadHall();
      const addresses = {
        merchant: await (await deployWallet(hall, "merchant")).getAddress(),
        customer: await (await deployWallet(hall, "customer")).getAddress(),
        buyer: await (await deployWallet(hall, "buyer")).getAddress(),
      };
      const signers = {
        merchant: walletSigner(addresses.merchant, "merchant"),
        customer: walletSigner(addresses.customer, "customer"),
        buyer: walletSigner(addresses.buyer, "buyer"),
      };
      const sessions = await openSessions(hall, { signers });
      const fund = () =>
        asWallet(addresses.buyer, (signer) => hall.token.connect(signer).approve(hall.reader.contract, Q2));
      await playTo(hall, sessions, "buyerSigned", { fund });
      await sessions.merchant.signDeal();

      const { deals } = hall.halls.stranger;
      const settled = await (await deals.settle(sessions.merchant.file)).wait();
      expect(settled).to.include({ ...addresses, funding: "HELD" });
      await (await deals.lodgePromise(sessions.customer.file)).wait();
      await at(hall.moment);
      const paid = await (await deals.payRebate(sessions.customer.file)).wait();
      expect(paid.receiver).to.equal(addresses.customer);
      expect(await hall.token.balanceOf(addresses.customer)).to.equal(10n ** 9n + R);
    });

    it("that changed their mind since are refused before anything is signed", async () => {
      const hall = await loadHall();
      const fickle = await ethers.deployContract("FickleWallet");
      const address = await fickle.getAddress();
      const signers = { customer: { address, signTyped: () => Promise.resolve("0xf1c41e") } };
      const sessions = await openSessions(hall, { signers });
      await playTo(hall, sessions, "buyerSigned");
      await sessions.merchant.approveDeal();
      await fickle.setAccepts(false);
      await expectDealError(sessions.merchant.signDeal(), "DEAL_SIGNATURE_INVALID", {
        account: address,
        reason: "WALLET_REFUSED",
      });
      await expectDealError(sessions.buyer.signDeal(), "DEAL_SIGNATURE_INVALID");
    });

    it("that changed their keys are heard again: the signature that came in last counts", async () => {
      const hall = await loadHall();
      const address = await (await ethers.deployContract("LyingWallet")).getAddress();
      const signers = { customer: { address, signTyped: () => Promise.resolve("0xaa") } };
      const sessions = await openSessions(hall, { signers });
      await playTo(hall, sessions, "named");
      const signatures = sessions.buyer.file.signatures.map((entry) =>
        entry.endorsement === "CustomerOfferEndorsement" ? { ...entry, signature: "0xbbbb" } : entry,
      );
      await sessions.buyer.receive(encodeDealFile({ ...sessions.buyer.file, signatures }));
      expect(signatureIn(sessions.buyer.file, "CustomerOfferEndorsement")).to.equal("0xbbbb");
    });

    it("that answer for another wallet of the same owner are refused", async () => {
      const hall = await loadHall();
      const sessions = await openSessions(hall);
      await playTo(hall, sessions, "offer");
      const address = await (await deployWallet(hall, "customer")).getAddress();
      const wrongKey = walletSigner(address, "somebody else");
      const session = await MerchantSession.open(optionsFor(hall, wrongKey));
      await expectDealError(
        session.draftSale({ customer: sessions.customer.account, token: hall.tokenAddress, amount: Q1, itemHash }),
        "DEAL_SIGNER_DISAGREES",
        { account: address },
      );
    });
  });

  describe("wallets that are not deployed yet (ERC-6492)", () => {
    it("sign, are refused on chain by name, are deployed, and go on", async () => {
      const hall = await loadHall();
      const factory = await ethers.deployContract("OwnerWalletFactory");
      const salt = ethers.id("the customer's wallet");
      const owner = keyOf("customer").address;
      const address = await factory.addressOf(owner, salt);
      const customer: WalletSigner = {
        address,
        signTyped: async (_, digest) =>
          wrapErc6492({
            factory: await factory.getAddress(),
            factoryCalldata: factory.interface.encodeFunctionData("deploy", [owner, salt]),
            signature: keyOf("customer").signingKey.sign(digest).serialized,
          }),
      };
      const sessions = await openSessions(hall, { signers: { customer } });
      const { deals } = hall.halls.stranger;
      const { merchant, customer: session } = sessions;
      await session.receive(
        await merchant.draftSale({ customer: address, token: hall.tokenAddress, amount: Q1, itemHash }),
      );
      await merchant.receive(await session.endorseSale());
      const signature = signatureIn(merchant.file, "CustomerSaleEndorsement")!;
      expect(isErc6492(signature)).to.equal(true);

      await expectDealError(deals.recordSale(merchant.file), "DEAL_WALLET_NOT_DEPLOYED", {
        account: address,
        factory: await factory.getAddress(),
      });
      const deployed = await (await deals.deployWallet({ account: address, signature })).wait();
      expect(deployed).to.deep.equal({ account: address, factory: await factory.getAddress() });
      expect(await ethers.provider.getCode(address)).to.not.equal("0x");
      const recorded = await (await deals.recordSale(merchant.file)).wait();
      expect(recorded.customer).to.equal(address);
    });

    it("refuses a damaged wrapping, and a signature that wraps nothing", async () => {
      const hall = await loadHall();
      const sessions = await openSessions(hall);
      await playTo(hall, sessions, "promised");
      await sessions.customer.endorsePromise();
      const { deals } = hall.halls.stranger;
      const damaged = `0x1234${"6492".repeat(16)}`;
      const signatures = sessions.customer.file.signatures.map((entry) =>
        entry.endorsement === "CustomerPromiseEndorsement" ? { ...entry, signature: damaged } : entry,
      );
      const forged = { ...sessions.customer.file, signatures };
      await expectDealError(deals.lodgePromise(forged), "DEAL_SIGNATURE_INVALID", { reason: "MALFORMED" });
      const session = await MerchantSession.open(optionsFor(hall, hall.signers.merchant));
      await expectDealError(session.receive(encodeDealFile(forged)), "DEAL_SIGNATURE_INVALID", { reason: "MALFORMED" });
      const account = sessions.customer.account;
      await expectDealError(deals.deployWallet({ account, signature: "0x1234" }), "DEAL_SIGNATURE_INVALID");
    });
  });

  describe("key signatures", () => {
    it("of 64 bytes (ERC-2098) count as well", async () => {
      const hall = await loadHall();
      const compact = (signer: HardhatEthersSigner): WalletSigner => ({
        address: signer.address,
        signTyped: async ({ domain, types, message }) => {
          const fields = Object.fromEntries(Object.entries(types).map(([name, list]) => [name, [...list]]));
          return Signature.from(await signer.signTypedData(domain, fields, message)).compactSerialized;
        },
      });
      const { merchant, customer, buyer } = hall.signers;
      const sessions = await openSessions(hall, {
        signers: { merchant: compact(merchant), customer: compact(customer), buyer: compact(buyer) },
      });
      await playTo(hall, sessions, "buyerSigned");
      expect(signatureIn(sessions.merchant.file, "BuyerDealEndorsement")).to.have.length(130);
      await sessions.merchant.signDeal();
      await (await hall.halls.stranger.deals.settleWithEvidence(sessions.merchant.file)).wait();
    });
  });

  describe("a browser wallet (EIP-1193)", () => {
    const browser = (intercept?: (method: string) => void): Eip1193Provider => ({
      request: ({ method, params }) => {
        intercept?.(method);
        return provider.request({ method, params: params as unknown[] });
      },
    });

    it("signs as any other signer, and is shown every field", async () => {
      const hall = await loadHall();
      const asked: string[] = [];
      const wallet = new BrowserProvider(browser((method) => asked.push(method)));
      const customer = await wallet.getSigner(hall.signers.customer.address);
      const sessions = await openSessions(hall, { signers: { customer } });
      await playTo(hall, sessions, "buyerSigned");
      expect(asked.filter((method) => method === "eth_signTypedData_v4")).to.have.length(4);
      await (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();
    });

    it("whose user declines changes nothing", async () => {
      const hall = await loadHall();
      const decline = (method: string) => {
        if (method !== "eth_signTypedData_v4") return;
        throw Object.assign(new TypeError("User rejected the request."), { code: 4001 });
      };
      const wallet = new BrowserProvider(browser(decline));
      const customer = await wallet.getSigner(hall.signers.customer.address);
      const sessions = await openSessions(hall, { signers: { customer } });
      const sale = { customer: customer.address, token: hall.tokenAddress, amount: Q1, itemHash };
      await sessions.customer.receive(await sessions.merchant.draftSale(sale));
      const before = sessions.customer.export();
      const error = await sessions.customer.endorseSale().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(RpcError).with.property("code", "USER_REJECTED");
      expect(sessions.customer.export()).to.equal(before);
    });
  });
});

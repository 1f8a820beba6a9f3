import { expect } from "chai";
import { AbstractProvider, type Block, type BlockTag, type Filter, id, type Log, type Provider } from "ethers";

import {
  byAllowance,
  chainDealsReader,
  createDealFile,
  dealActions,
  type DealEvent,
  type DealFile,
  DealsClient,
  Guildhall,
  missingFor,
  nextStep,
  PERMIT2_ADDRESS,
  paymentTypedData,
  readTokenFacts,
  settleOf,
  TransactionError,
} from "../../sdk/src/index.js";
import { readDealLogs } from "../../sdk/src/deals/logs/readDealLogs.js";
import {
  approve,
  at,
  ethers,
  expectDealError,
  expectRevert,
  type Hall,
  installPermit2,
  loadHall,
  networkHelpers,
  openSessions,
  playTo,
  Q1,
  Q2,
  R,
  type Sessions,
} from "../helpers/dealSessions.js";

describe("deals SDK", () => {
  describe("DealsClient", () => {
    let hall: Hall;
    let sessions: Sessions;
    beforeEach(async () => {
      hall = await loadHall();
      sessions = await openSessions(hall);
    });
    const deals = () => hall.halls.stranger.deals;

    describe("sales", () => {
      it("records, and reads what it recorded", async () => {
        await playTo(hall, sessions, "sale");
        const { sale } = sessions.merchant.file.body;
        const [event] = await deals().history({ names: ["SaleRecorded"] });
        expect(event).to.deep.include({ name: "SaleRecorded" });
        const { saleId } = (event as DealEvent<"SaleRecorded">).args;
        expect(await deals().saleStateOf(saleId)).to.equal("RECORDED");
        expect(await deals().saleOf(saleId)).to.deep.equal({
          saleId,
          state: "RECORDED",
          merchant: sale!.merchant,
          customer: sale!.customer,
          token: hall.tokenAddress,
          amount: Q1,
          refundableUntil: 0,
        });
        expect(await deals().saleOf(id("none"))).to.equal(undefined);
        await expectRevert(deals().recordSale(sessions.merchant.file), "DealsWrongSaleState");
      });

      it("pays into escrow and releases from the moment on", async () => {
        await approve(hall, hall.signers.customer);
        await playTo(hall, sessions, "sale", { sale: { paidElsewhere: false, refundableUntil: hall.moment } });
        expect(await deals().booksOf(hall.tokenAddress)).to.include({ held: Q1, owed: Q1 });
        const file = sessions.merchant.file;
        await expectRevert(deals().releaseSale(file), "DealsTooEarly");
        await expectRevert(deals().refundSale(file), "DealsNotMerchant");
        expect(await deals().missingFor("releaseSale", file)).to.have.length(1);
        await at(hall.moment);
        expect(await deals().missingFor("releaseSale", file)).to.deep.equal([]);
        expect(await (await deals().releaseSale(file)).wait()).to.include({ merchant: sessions.merchant.account });
        expect(await deals().booksOf(hall.tokenAddress)).to.include({ held: 0n, owed: 0n });
      });

      it("refunds before the moment", async () => {
        await approve(hall, hall.signers.customer);
        await playTo(hall, sessions, "sale", { sale: { paidElsewhere: false, refundableUntil: hall.moment } });
        const refunded = await (await hall.halls.merchant.deals.refundSale(sessions.merchant.file)).wait();
        expect(refunded).to.include({ customer: sessions.customer.account });
        expect(await deals().booksOf(hall.tokenAddress)).to.include({ held: 0n, owed: 0n });
      });

      it("pays at once to the merchant where nothing is refundable", async () => {
        await approve(hall, hall.signers.customer);
        await playTo(hall, sessions, "sale", { sale: { paidElsewhere: false } });
        expect(await hall.token.balanceOf(sessions.merchant.account)).to.equal(10n ** 9n + Q1);
      });
    });

    describe("payments", () => {
      it("by EIP-2612 permit, with what the token says of its domain", async () => {
        const facts = await readTokenFacts(ethers.provider, hall.tokenAddress, sessions.buyer.account);
        expect(facts).to.deep.equal({
          domain: { name: "Standard Token", version: "1", chainId: 31337n, verifyingContract: hall.tokenAddress },
          permitNonce: 0n,
        });
        await playTo(hall, sessions, "buyerSigned", { pay: { method: "PERMIT" } });
        await (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();
      });

      it("by ERC-3009 authorization, whose nonce is the deal's id", async () => {
        const token = await ethers.deployContract("AuthorizationToken");
        const tokenAddress = await token.getAddress();
        await token.mint(sessions.buyer.account, Q2);
        const other = { ...hall, tokenAddress };
        await playTo(other, sessions, "buyerSigned", { pay: { method: "AUTHORIZATION" } });
        await (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();
        expect(await token.balanceOf(sessions.buyer.account)).to.equal(0n);
      });

      it("by Permit2, whose nonce is the deal's id as a number", async () => {
        await installPermit2(hall);
        await playTo(hall, sessions, "buyerSigned", { pay: { method: "PERMIT2" } });
        await (await hall.halls.buyer.deals.lodge(sessions.buyer.file)).wait();
        expect(await deals().booksOf(hall.tokenAddress)).to.include({ held: Q2, owed: Q2 });
      });

      it("refuses permits where the token has none", async () => {
        const token = await ethers.deployContract("AuthorizationToken");
        await token.mint(sessions.buyer.account, Q2);
        const other = { ...hall, tokenAddress: await token.getAddress() };
        const playing = playTo(other, sessions, "buyerSigned", { pay: { method: "PERMIT" } });
        await expectDealError(playing, "DEAL_PAYMENT_UNSUPPORTED", { method: "PERMIT" });
      });

      it("guesses the domain of a token that tells its name alone, and refuses one that tells nothing", async () => {
        const named = await ethers.deployContract("PhantomPermitToken");
        const facts = await readTokenFacts(ethers.provider, await named.getAddress(), sessions.buyer.account);
        expect(facts.domain).to.include({ version: "1", chainId: 31337n });
        const nameless = await (await ethers.deployContract("DealHashHarness")).getAddress();
        await expectDealError(
          readTokenFacts(ethers.provider, nameless, sessions.buyer.account),
          "DEAL_PAYMENT_UNSUPPORTED",
          { token: nameless },
        );
      });

      it("makes the typed data of every method without any I/O", () => {
        const due = { token: hall.tokenAddress, account: sessions.buyer.account, amount: 5n, documentId: id("doc") };
        const facts = { domain: { name: "Coin" }, permitNonce: 7n };
        const dataOf = (method: "PERMIT" | "AUTHORIZATION" | "PERMIT2") =>
          paymentTypedData(hall.reader, due, { method, deadline: 9n }, facts);
        expect(dataOf("PERMIT").message).to.deep.equal({
          owner: due.account,
          spender: hall.reader.contract,
          value: 5n,
          nonce: 7n,
          deadline: 9n,
        });
        expect(dataOf("AUTHORIZATION").message).to.deep.equal({
          from: due.account,
          to: hall.reader.contract,
          value: 5n,
          validAfter: 0n,
          validBefore: 9n,
          nonce: id("doc"),
        });
        expect(dataOf("PERMIT2")).to.deep.include({
          domain: { name: "Permit2", chainId: 31337n, verifyingContract: PERMIT2_ADDRESS },
          message: {
            permitted: { token: due.token, amount: 5n },
            spender: hall.reader.contract,
            nonce: BigInt(id("doc")),
            deadline: 9n,
          },
        });
      });
    });

    describe("sending", () => {
      it("takes parameters as well as files", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const { deal, customerSignature, buyerSignature } = settleOf(sessions.merchant.file);
        const given = { deal, customerSignature, buyerSignature, payment: byAllowance };
        const settled = await (await hall.halls.merchant.deals.settle(given)).wait();
        expect(settled.amount).to.equal(Q2);
      });

      it("refuses what the file lacks, before it asks anybody", async () => {
        const empty = createDealFile(hall.reader);
        const client = deals();
        const calls = [
          "recordSale",
          "paySale",
          "refundSale",
          "releaseSale",
          "openOffer",
          "cancelOffer",
          "reclaimBond",
          "settle",
          "settleWithEvidence",
          "lodge",
          "countersign",
          "refundLodged",
          "lodgePromise",
          "lodgePromotion",
          "payRebate",
          "payBondedRebate",
          "recordReferredSale",
        ] as const;
        for (const call of calls) {
          const send = client[call].bind(client) as (file: DealFile) => Promise<unknown>;
          await expectDealError(send(empty), "DEAL_DOCUMENT_MISSING");
          expect(missingFor(call, empty, { now: 0n })[0]).to.include({ kind: "document" });
        }
        await playTo(hall, sessions, "drafted");
        await expectDealError(client.settle(sessions.buyer.file), "DEAL_SIGNATURE_MISSING", {
          missing: "CustomerDealEndorsement",
        });
        await expectDealError(client.lodgePromise(sessions.buyer.file), "DEAL_SIGNATURE_MISSING", {
          missing: "CustomerPromiseEndorsement",
        });
      });

      it("refuses a file for another chain or contract", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const { file } = sessions.merchant;
        await expectDealError(deals().lodge({ ...file, chainId: 1n }), "DEAL_WRONG_CHAIN", { actual: 1n });
        const contract = hall.tokenAddress;
        await expectDealError(deals().lodge({ ...file, contract }), "DEAL_WRONG_CONTRACT", { actual: contract });
      });

      it("refuses a stranger's settlement without the merchant's signature", async () => {
        await playTo(hall, sessions, "buyerSigned");
        await expectRevert(deals().settle(sessions.merchant.file), "DealsNotMerchant");
      });

      it("surfaces a signature that the contract does not take, with the account", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const given = settleOf(sessions.merchant.file);
        const error = await hall.halls.merchant.deals
          .settle({ ...given, buyerSignature: given.customerSignature })
          .catch((thrown: unknown) => thrown);
        expect(error).to.have.property("name", "DealsWrongSignature");
        expect(error).to.have.nested.property("args.account", sessions.buyer.account);
      });

      it("refuses without a signer", async () => {
        const readOnly = await Guildhall.connect(ethers.provider, { directory: hall.halls.merchant.directory.address });
        const error = await readOnly.deals.increaseCounter().catch((thrown: unknown) => thrown);
        expect(error).to.be.instanceOf(TransactionError).with.property("code", "NO_SIGNER");
      });

      it("tells a revert after sending, where the gas limit keeps it from being simulated", async () => {
        await playTo(hall, sessions, "buyerSigned");
        await (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();
        const sending = hall.halls.merchant.deals
          .settle(sessions.merchant.file, { gasLimit: 500_000n })
          .then((transaction) => transaction.wait());
        await expectRevert(sending, "DealsWrongState");
      });

      it("reads its own event where one transaction holds several", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const transaction = await hall.halls.merchant.deals.settle(sessions.merchant.file);
        const receipt = await transaction.receipt();
        const { deal } = sessions.merchant.file.body;
        const other = { ...deal!, rebate: R + 1n };
        const none = dealActions.settle(hall.reader.contract, {
          deal: other,
          customerSignature: "0x",
          buyerSignature: "0x",
        });
        expect(none.read(receipt)).to.equal(undefined);
        expect((await transaction.wait()).amount).to.equal(Q2);
      });
    });

    describe("what is missing", () => {
      it("names signatures, time, bond and money, with their numbers", async () => {
        await playTo(hall, sessions, "customerSigned", { offer: { rebateRule: "PROMOTION_ONLY" }, open: true });
        const file = sessions.buyer.file;
        const facts = await deals().factsOf(file);
        expect(missingFor("lodge", file, facts)).to.deep.equal([
          { kind: "signature", endorsement: "BuyerDealEndorsement", account: sessions.buyer.account },
          { kind: "allowance", account: sessions.buyer.account, short: Q2 },
        ]);
        const poor = { ...facts, buyerFunds: { balance: 3n, allowance: 2n }, offer: { ...facts.offer!, bonded: 0 } };
        expect(missingFor("lodge", file, poor)).to.deep.include.members([
          { kind: "bond", bonded: 0 },
          { kind: "balance", account: sessions.buyer.account, short: Q2 - 3n },
          { kind: "allowance", account: sessions.buyer.account, short: Q2 - 2n },
        ]);
        expect(missingFor("payBondedRebate", file, facts)).to.deep.equal([
          { kind: "time", from: hall.moment, now: facts.now },
          { kind: "funding", expected: "BOND", actual: "NONE" },
        ]);
        const late = { ...facts, now: BigInt(hall.moment) };
        expect(missingFor("lodge", file, late)).to.deep.include({
          kind: "late",
          before: hall.moment,
          now: BigInt(hall.moment),
        });
        const used = { ...facts, offer: { ...facts.offer!, uses: 1 } };
        expect(missingFor("lodge", file, used)).to.deep.include({ kind: "uses", maxUses: 1 });
        expect(missingFor("openOffer", file, facts)).to.deep.equal([{ kind: "done" }]);
        expect(missingFor("refundLodged", file, facts)).to.deep.include({
          kind: "deal",
          expected: ["LODGED"],
          actual: "NONE",
        });
      });

      it("is exact at the moment, one second before and one after", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const file = sessions.buyer.file;
        const facts = await deals().factsOf(file);
        for (const [offset, open] of [
          [-1, true],
          [0, false],
          [1, false],
        ] as const) {
          const then = { ...facts, now: BigInt(hall.moment + offset) };
          expect(missingFor("settle", file, then).length === 0, `settle at t${offset}`).to.equal(open);
          const step = nextStep(file, "merchant", then);
          expect(step.action === "settle", `nextStep at t${offset}`).to.equal(open);
        }
      });
    });

    describe("history", () => {
      it("tells all events in order, some by name, some by id", async () => {
        await playTo(hall, sessions, "buyerSigned");
        await (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();
        await (await hall.halls.customer.deals.lodgePromise(sessions.customer.file)).wait();
        const all = await deals().history();
        expect(all.map(({ name }) => name)).to.deep.equal(["SaleRecorded", "DealSettled", "PromiseLodged"]);
        const [settled] = await deals().history({ names: ["DealSettled"] });
        const { referralId } = (settled as DealEvent<"DealSettled">).args;
        expect((await deals().history({ id: referralId })).map(({ name }) => name)).to.deep.equal([
          "DealSettled",
          "PromiseLodged",
        ]);
        expect(await deals().history({ fromBlock: settled!.blockNumber, toBlock: settled!.blockNumber })).to.deep.equal(
          [settled],
        );
        expect(await deals().history({ fromBlock: 10 ** 9 })).to.deep.equal([]);
      });

      /** A node that answers for a few blocks at once and no more. */
      function limited(range: number): { readonly provider: Provider; readonly asked: number[] } {
        const asked: number[] = [];
        const getLogs = async (filter: Filter): Promise<Log[]> => {
          const size = Number(filter.toBlock) - Number(filter.fromBlock) + 1;
          asked.push(size);
          if (size > range) throw Object.assign(new TypeError("range"), { code: "UNKNOWN_ERROR" });
          return ethers.provider.getLogs(filter);
        };
        const node = {
          getLogs,
          getBlock: (block: BlockTag) => ethers.provider.getBlock(block),
          getBlockNumber: () => ethers.provider.getBlockNumber(),
        };
        return { provider: node as unknown as Provider, asked };
      }

      it("halves the range where the node refuses it, and finds the same", async () => {
        await playTo(hall, sessions, "buyerSigned");
        await networkHelpers.mine(40);
        const contract = hall.reader.contract;
        const { provider: node, asked } = limited(7);
        const { events } = await readDealLogs({ provider: node, contract, fromBlock: 0 });
        expect(events).to.deep.equal(await deals().history({ fromBlock: 0 }));
        expect(asked.filter((size) => size <= 7).reduce((sum, size) => sum + size, 0)).to.equal(
          (await ethers.provider.getBlockNumber()) + 1,
        );
      });

      it("gives up where even a single block is refused", async () => {
        const { provider: node } = limited(0);
        const failing = readDealLogs({ provider: node, contract: hall.reader.contract, fromBlock: 0 });
        const error = await failing.catch((thrown: unknown) => thrown);
        expect(error).to.have.property("code", "RPC_REFUSED");
      });
    });

    describe("watch", () => {
      /** A node whose blocks the test announces. */
      class Announcer extends AbstractProvider {
        announce?: (block: number) => void;
        fails = false;
        override getBlockNumber(): Promise<number> {
          return ethers.provider.getBlockNumber();
        }
        override getLogs(filter: Filter): Promise<Log[]> {
          if (this.fails) return Promise.reject(Object.assign(new TypeError("down"), { code: "NETWORK_ERROR" }));
          return ethers.provider.getLogs(filter);
        }
        override getBlock(number: BlockTag): Promise<Block | null> {
          return ethers.provider.getBlock(number);
        }
        override on(_: string, listener: (block: number) => void): Promise<this> {
          this.announce = listener;
          return Promise.resolve(this);
        }
        override off(): Promise<this> {
          delete this.announce;
          return Promise.resolve(this);
        }
      }

      /** Collects what is told; `reached(n)` resolves with the n-th. */
      function collector() {
        const told: string[] = [];
        const waiting = new Map<number, () => void>();
        return {
          told,
          listener: ({ name }: DealEvent) => {
            told.push(name);
            waiting.get(told.length)?.();
          },
          reached: (count: number) =>
            new Promise<void>((resolve) => {
              if (told.length >= count) resolve();
              else waiting.set(count, resolve);
            }),
        };
      }
      const clientOn = (provider: Provider) => new DealsClient({ ...hall.halls.stranger.context, provider });
      const settle = async () => (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();

      it("tells each event once and in order, and nothing after it is ended", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const node = new Announcer("any");
        const { told, listener, reached } = collector();
        const stop = clientOn(node).watch(listener, { fromBlock: 0 });
        await reached(1);
        await settle();
        node.announce?.(await ethers.provider.getBlockNumber());
        node.announce?.(await ethers.provider.getBlockNumber());
        await reached(2);
        await stop();
        await (await hall.halls.customer.deals.lodgePromise(sessions.customer.file)).wait();
        expect(node.announce).to.equal(undefined);
        expect(told).to.deep.equal(["SaleRecorded", "DealSettled"]);
      });

      it("waits for the confirmations asked for", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const node = new Announcer("any");
        const { told, listener, reached } = collector();
        const options = { fromBlock: 0, confirmations: 2, names: ["DealSettled", "PromiseLodged"] } as const;
        const stop = clientOn(node).watch(listener, options);
        await settle();
        await (await hall.halls.customer.deals.lodgePromise(sessions.customer.file)).wait();
        node.announce?.(await ethers.provider.getBlockNumber());
        await networkHelpers.mine(1);
        node.announce?.(await ethers.provider.getBlockNumber());
        await reached(1);
        expect(told).to.deep.equal(["DealSettled"]);
        await networkHelpers.mine(1);
        node.announce?.(await ethers.provider.getBlockNumber());
        await reached(2);
        await stop();
        expect(told).to.deep.equal(["DealSettled", "PromiseLodged"]);
      });

      it("reads again with the next block what it could not read", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const node = new Announcer("any");
        const { told, listener, reached } = collector();
        const errors: unknown[] = [];
        node.fails = true;
        let failed: () => void = () => undefined;
        const failure = new Promise<void>((resolve) => (failed = resolve));
        const onError = (error: unknown) => {
          errors.push(error);
          failed();
        };
        const stop = clientOn(node).watch(listener, { fromBlock: 0, onError });
        await failure;
        expect(errors[0]).to.have.property("code", "RPC_UNAVAILABLE");
        node.fails = false;
        node.announce?.(await ethers.provider.getBlockNumber());
        await reached(1);
        await stop();
        expect(told).to.deep.equal(["SaleRecorded"]);
      });
    });

    describe("the reader", () => {
      it("tells funds, counters and the deal under a referral", async () => {
        const reader = chainDealsReader({ ...hall.reader, provider: ethers.provider, fromBlock: 0 });
        expect(await reader.fundsOf(hall.tokenAddress, sessions.buyer.account)).to.deep.equal({
          balance: 10n ** 9n,
          allowance: 0n,
        });
        expect(await reader.dealUnder(id("nothing"))).to.equal(undefined);
        expect(await reader.counterOf(sessions.merchant.account)).to.equal(0);
        expect(await reader.referralStatusOf(id("nothing"))).to.deep.equal({
          state: "NONE",
          promised: false,
          funding: "NONE",
          closed: false,
        });
      });
    });
  });
});

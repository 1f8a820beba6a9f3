import { dataLength, dataSlice, toBigInt } from "ethers";

import type { IReferralDeals } from "../../../typechain-types/deals/IReferralDeals.js";
import type { ClientContext } from "../core/ClientContext.js";
import { readOnChain } from "../core/reads/readOnChain.js";
import { unexpectedAnswer } from "../core/reads/unexpectedAnswer.js";
import type { ContractAction } from "../core/transactions/ContractAction.js";
import { sendAction, type SendOptions } from "../core/transactions/sendAction.js";
import type { Transaction } from "../core/transactions/Transaction.js";
import * as actions from "./actions/index.js";
import type { RebatePayment } from "./actions/RebatePayment.js";
import type { CompleteOffer } from "./actions/toAbi.js";
import type { Books } from "./books/Books.js";
import { type Claim, reckonClaims } from "./books/reckonClaims.js";
import type { DealsPlace } from "./documents/dealsDomain.js";
import type { Address, Hex } from "../core/documents/Hex.js";
import type { Offer } from "./documents/Offer.js";
import { offerIdOf } from "./documents/offerIdOf.js";
import type { DealFile } from "./file/DealFile.js";
import { requirePart } from "./file/endorsementIn.js";
import * as fromFile from "./file/parameters.js";
import { requirePlace } from "./file/requirePlace.js";
import type { DealEvent, DealEventArgs, DealEventName } from "./logs/dealEvents.js";
import { dealsInterface } from "./logs/parseDealLog.js";
import { readDealLogs } from "./logs/readDealLogs.js";
import { watchDealLogs, type WatchOptions } from "./logs/watchDealLogs.js";
import { byAllowance, type Payment } from "./payments/Payment.js";
import { chainDealsReader } from "./reader/chainDealsReader.js";
import type { DealsReader, RecordedSale } from "./reader/DealsReader.js";
import { requireFunds } from "./sessions/checks.js";
import { type DealCall, type Missing, missingFor } from "./sessions/missingFor.js";
import { type DealFacts, readDealFacts } from "./sessions/readDealFacts.js";
import type { OfferStatus, ReferralStatus, SaleState } from "./state/states.js";
import { deployWallet, type DeployedWallet, type DeployWalletParameters, submittable } from "./walletDeployment.js";
import { bindContract } from "../core/abi/bindContract.js";
import { referralDealsAbi } from "../generated/abis.js";

/** Which events of the past to read. */
export type HistoryOptions = {
  /** All by default. */
  readonly names?: readonly DealEventName[];
  /** Only those about this sale, offer or referral: the one that is the event's first topic. */
  readonly id?: Hex;
  /** The deployment's first block by default. */
  readonly fromBlock?: number;
  /** The latest by default. One that the node does not know yet is refused. */
  readonly toBlock?: number;
};

/** Who pays what in a call. */
type Due = { readonly token: Address; readonly account: Address; readonly amount: bigint };

function isFile(input: object): input is DealFile {
  return "type" in input && input.type === "DealFile";
}

/**
 * Referral deals on one chain, seen through one runner. Every call takes its parameters or a deal file that has them,
 * checks before it is sent what can be checked, and resolves to the typed result of its event.
 *
 * Every call's errors: {@link DealError} DEAL_WRONG_CHAIN and DEAL_WRONG_CONTRACT where the file is for another place, DEAL_DOCUMENT_MISSING and DEAL_SIGNATURE_MISSING where the file lacks something,
 * DEAL_WALLET_NOT_DEPLOYED where a wallet signed that no contract can ask yet, DEAL_BALANCE_SHORT and
 * DEAL_ALLOWANCE_SHORT where the payer cannot pay; {@link ContractRevertError} with the contract's reason;
 * {@link TransactionError}; {@link RpcError}.
 *
 * @example
 * import { Guildhall } from "@guildhall/sdk";
 * const hall = await Guildhall.connect(signer, { directory });
 * const { counter } = await (await hall.deals.increaseCounter()).wait();
 * assert.equal(await hall.deals.counterOf(await signer.getAddress()), counter);
 */
export class DealsClient {
  /** The address of ReferralDeals. */
  readonly address: Address;
  /** The TypeChain binding, for what this client does not offer. */
  readonly contract: IReferralDeals;
  /** What sessions read the chain with. */
  readonly reader: DealsReader;
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
    this.address = context.addresses.ReferralDeals;
    this.contract = bindContract(referralDealsAbi, this.address, context.runner);
    const { provider, chainId, fromBlock } = context;
    this.reader = chainDealsReader({ provider, chainId, contract: this.address, fromBlock });
  }

  /** The chain and contract that documents must be for. */
  get place(): DealsPlace {
    return { chainId: this.#context.chainId, contract: this.address };
  }

  // Sales

  /** Records a sale that was paid elsewhere. Anyone may send it. */
  async recordSale(
    input: actions.RecordSaleParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"SaleRecorded">>> {
    const given = this.#given(input, fromFile.recordSaleOf);
    const signed = await this.#saleSignatures(given);
    return this.#send(actions.recordSale(this.address, { ...given, ...signed }), options);
  }

  /** Records a sale and takes its price from the customer. Anyone may send it. */
  async paySale(
    input: actions.PaySaleParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"SaleRecorded">>> {
    const given = this.#given(input, fromFile.paySaleOf);
    const { token, customer: account, amount } = given.sale;
    const signed = await this.#saleSignatures(given);
    const payment = await this.#payment({ token, account, amount }, given.payment);
    return this.#send(actions.paySale(this.address, { ...given, ...signed, payment }), options);
  }

  /** Gives an escrowed price back to the customer: the merchant only, before `refundableUntil`. */
  async refundSale(
    input: actions.RefundSaleParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"SaleRefunded">>> {
    const { sale } = this.#given(input, (file) => ({ sale: requirePart(file.body, "sale") }));
    return this.#send(actions.refundSale(this.address, { sale }), options);
  }

  /** Pays an escrowed price out to the merchant: anyone, from `refundableUntil` on. */
  async releaseSale(
    input: actions.ReleaseSaleParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"SaleReleased">>> {
    const { sale } = this.#given(input, (file) => ({ sale: requirePart(file.body, "sale") }));
    return this.#send(actions.releaseSale(this.address, { sale }), options);
  }

  /** Records a settled referred sale as a sale, so that it can be the base of the next offer. Anyone may send it. */
  async recordReferredSale(
    input: actions.RecordReferredSaleParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"SaleRecorded">>> {
    const { deal } = this.#given(input, (file) => ({ deal: requirePart(file.body, "deal") }));
    return this.#send(actions.recordReferredSale(this.address, { deal }), options);
  }

  // Offers

  /** Opens an offer on chain and locks its rebate for each use. The merchant, or anyone with its signature. */
  async openOffer(
    input: actions.OpenOfferParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"OfferOpened">>> {
    const given = this.#given(input, fromFile.openOfferOf);
    const { token, merchant: account, rebate, maxUses } = given.offer;
    const consent = await this.#consent(account, given.merchantSignature);
    const { uses } = await this.reader.offerStatusOf(offerIdOf(given.offer));
    const amount = rebate * BigInt(Math.max(0, maxUses - uses));
    const payment = await this.#payment({ token, account, amount }, given.payment);
    return this.#send(actions.openOffer(this.address, { offer: given.offer, ...consent, payment }), options);
  }

  /** Cancels the uses of an offer that are not lodged yet: the merchant only. */
  async cancelOffer(
    input: actions.CancelOfferParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"OfferCancelled">>> {
    const { offer } = this.#given(input, (file) => ({ offer: requirePart(file.body, "offer") }));
    return this.#send(actions.cancelOffer(this.address, { offer }), options);
  }

  /**
   * Cancels all offers that the sender signed under its present counter.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(signer, { directory });
   * const { counter } = await (await deals.increaseCounter()).wait();
   * assert.equal(counter, 1);
   */
  async increaseCounter(options?: SendOptions): Promise<Transaction<DealEventArgs<"CounterIncreased">>> {
    return this.#send(actions.increaseCounter(this.address), options);
  }

  /** Returns the unreserved bond to the merchant, once the offer is over. Anyone may send it. */
  async reclaimBond(
    input: actions.ReclaimBondParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"BondReclaimed">>> {
    const { offer } = this.#given(input, (file) => ({ offer: requirePart(file.body, "offer") }));
    return this.#send(actions.reclaimBond(this.address, { offer }), options);
  }

  // Deals

  /**
   * Settles a referred sale before its rebate moment, the direct way. The merchant, or anyone with its signature. A
   * merchant asks its session first: {@link MerchantSession.approveDeal}.
   */
  async settle(
    input: actions.SettleParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"DealSettled">>> {
    const given = this.#given(input, fromFile.settleOf);
    return this.#send(actions.settle(this.address, { ...given, ...(await this.#newDeal(given)) }), options);
  }

  /** As {@link settle}, on the evidence of the complete offer: the way that uses the offer's bond. */
  async settleWithEvidence(
    input: actions.SettleWithEvidenceParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"DealSettled">>> {
    const given = this.#given(input, fromFile.settleWithEvidenceOf);
    const evidence = await this.#evidence(given.evidence);
    const ready = { ...given, evidence, ...(await this.#newDeal(given)) };
    return this.#send(actions.settleWithEvidence(this.address, ready), options);
  }

  /** Lodges a deal that lacks only the merchant, with the price in escrow, before its rebate moment. Anyone may send it. */
  async lodge(
    input: actions.LodgeParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"DealLodged">>> {
    const given = this.#given(input, fromFile.lodgeOf);
    const evidence = await this.#evidence(given.evidence);
    const ready = { ...given, evidence, ...(await this.#newDeal(given)) };
    return this.#send(actions.lodge(this.address, ready), options);
  }

  /** Settles a lodged deal before its rebate moment. The merchant, or anyone with its signature. */
  async countersign(
    input: actions.CountersignParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"DealSettled">>> {
    const given: actions.CountersignParameters = this.#given(input, (file) => ({
      deal: requirePart(file.body, "deal"),
      merchantSignature: fromFile.merchantDealSignatureOf(file),
    }));
    const consent = await this.#consent(given.deal.merchant, given.merchantSignature);
    return this.#send(actions.countersign(this.address, { deal: given.deal, ...consent }), options);
  }

  /** Records the merchant's default on a lodged deal and refunds the buyer: anyone, from the rebate moment on. */
  async refundLodged(
    input: actions.RefundLodgedParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"DealDefaulted">>> {
    const { deal } = this.#given(input, (file) => ({ deal: requirePart(file.body, "deal") }));
    return this.#send(actions.refundLodged(this.address, { deal }), options);
  }

  // Rebates

  /** Lodges a complete rebate promise before its rebate moment. Anyone may send it. */
  async lodgePromise(
    input: actions.LodgePromiseParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"PromiseLodged">>> {
    const given = this.#given(input, fromFile.lodgePromiseOf);
    const { merchant, customer } = given.rebatePromise;
    const signed = await this.#three(merchant, customer, given);
    return this.#send(actions.lodgePromise(this.address, { ...given, ...signed }), options);
  }

  /** As {@link lodgePromise} for an opened PROMOTION_ONLY offer: also reserves the rebate in its bond. */
  async lodgePromotion(
    input: actions.LodgePromotionParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<DealEventArgs<"PromiseLodged">>> {
    const given = this.#given(input, fromFile.lodgePromotionOf);
    const { merchant, customer } = given.offer;
    const signed = await this.#three(merchant, customer, given);
    return this.#send(actions.lodgePromotion(this.address, { ...given, ...signed }), options);
  }

  /** Pays a rebate that was held back from the price: anyone, from the rebate moment on. */
  async payRebate(
    input: actions.PayRebateParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<RebatePayment>> {
    const { deal } = this.#given(input, (file) => ({ deal: requirePart(file.body, "deal") }));
    return this.#send(actions.payRebate(this.address, { deal }), options);
  }

  /** Pays a rebate that is reserved in the offer's bond: anyone, from the rebate moment on. */
  async payBondedRebate(
    input: actions.PayBondedRebateParameters | DealFile,
    options?: SendOptions,
  ): Promise<Transaction<RebatePayment>> {
    const given = this.#given(input, (file) => ({
      offer: requirePart(file.body, "offer"),
      buyer: requirePart(file.body, "buyer"),
    }));
    return this.#send(actions.payBondedRebate(this.address, given), options);
  }

  /** Deploys a wallet that signed before it was deployed, as its ERC-6492 signature says. Anyone may send it. */
  async deployWallet(parameters: DeployWalletParameters, options?: SendOptions): Promise<Transaction<DeployedWallet>> {
    return this.#send(deployWallet(parameters), options);
  }

  // Reads

  /**
   * What became of a sale.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(signer, { directory });
   * assert.equal(await deals.saleStateOf(`0x${"11".repeat(32)}`), "NONE");
   */
  async saleStateOf(saleId: Hex): Promise<SaleState> {
    return (await this.reader.saleOf(saleId))?.state ?? "NONE";
  }

  /** A recorded sale with its terms; undefined where there is none. */
  saleOf(saleId: Hex): Promise<RecordedSale | undefined> {
    return this.reader.saleOf(saleId);
  }

  /**
   * An offer as the chain knows it.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(signer, { directory });
   * const { opened, uses } = await deals.offerStatusOf(`0x${"11".repeat(32)}`);
   * assert.deepEqual({ opened, uses }, { opened: false, uses: 0 });
   */
  offerStatusOf(offerId: Hex): Promise<OfferStatus> {
    return this.reader.offerStatusOf(offerId);
  }

  /**
   * One use of an offer, as the chain knows it.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(signer, { directory });
   * const { state } = await deals.referralStatusOf(`0x${"11".repeat(32)}`);
   * assert.equal(state, "NONE");
   */
  referralStatusOf(referralId: Hex): Promise<ReferralStatus> {
    return this.reader.referralStatusOf(referralId);
  }

  /**
   * The counter that an offer of this merchant must carry.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(signer, { directory });
   * assert.equal(await deals.counterOf(await signer.getAddress()), 0);
   */
  counterOf(merchant: Address): Promise<number> {
    return this.reader.counterOf(merchant);
  }

  /** How many more buyers can use an offer: its uses less those that took one on chain, the direct way included. */
  async usesLeftOf(offer: Offer): Promise<number> {
    return Math.max(0, offer.maxUses - (await this.reader.usesOf(offer)).length);
  }

  /** What the chain says of a file's documents now. */
  async factsOf(file: DealFile): Promise<DealFacts> {
    return readDealFacts(file, this.reader, await this.#context.clock());
  }

  /**
   * What is missing before a call can succeed with this file, now: signatures, time, bond, allowance and how much of it.
   *
   * @example
   * import { createDealFile, Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(signer, { directory });
   * const missing = await deals.missingFor("settle", createDealFile(deals.place));
   * assert.deepEqual(missing, [{ kind: "document", part: "deal" }]);
   */
  async missingFor(call: DealCall, file: DealFile): Promise<readonly Missing[]> {
    return missingFor(call, file, await this.factsOf(file));
  }

  /**
   * The events of the past, in the order of the chain.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(signer, { directory });
   * await (await deals.increaseCounter()).wait();
   * const [event] = await deals.history({ names: ["CounterIncreased"] });
   * assert.equal(event?.name, "CounterIncreased");
   */
  async history({ names, id, fromBlock, toBlock }: HistoryOptions = {}): Promise<readonly DealEvent[]> {
    const { events } = await readDealLogs({
      provider: this.#context.provider,
      contract: this.address,
      fromBlock: fromBlock ?? this.#context.fromBlock,
      toBlock,
      topics: topicsOf(names, id),
    });
    return events;
  }

  /**
   * Tells each new event once, in the order of the chain.
   *
   * @returns A function that ends it
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(signer, { directory });
   * const stop = deals.watch(({ name, args }) => console.log(name, args), { confirmations: 2 });
   * await stop();
   * assert.equal(typeof stop, "function");
   */
  watch(
    listener: (event: DealEvent) => void | Promise<void>,
    options: WatchOptions & Pick<HistoryOptions, "names" | "id"> = {},
  ): () => Promise<void> {
    const { names, id, ...rest } = options;
    const { provider } = this.#context;
    return watchDealLogs({ provider, contract: this.address, topics: topicsOf(names, id), listener, ...rest });
  }

  /**
   * What the contract owes to whom and from when on, out of its events alone; of one account where it is given.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(signer, { directory });
   * assert.deepEqual(await deals.claims(await signer.getAddress()), []);
   */
  async claims(receiver?: Address): Promise<readonly Claim[]> {
    const claims = reckonClaims(await this.history());
    return receiver === undefined ? claims : claims.filter((claim) => sameAddress(claim.receiver, receiver));
  }

  /**
   * The contract's books in one token: what it holds by the token's word, and what it owes by its own events, at the same
   * block.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(signer, { directory });
   * const { held, owed, surplus } = await deals.booksOf(token);
   * assert.deepEqual([held, owed, surplus], [0n, 0n, 0n]);
   */
  async booksOf(token: Address): Promise<Books> {
    const { provider } = this.#context;
    const blockNumber = await readOnChain(this.#context, async () => provider.getBlockNumber());
    const [events, held] = await Promise.all([
      this.history({ toBlock: blockNumber }),
      balanceAt(this.#context, token, this.address, blockNumber),
    ]);
    const claims = reckonClaims(events).filter((claim) => sameAddress(claim.token, token));
    const owed = claims.reduce((sum, { amount }) => sum + amount, 0n);
    return { token, blockNumber, held, owed, surplus: held - owed, claims };
  }

  // Before sending

  /** The parameters as they are, or out of a file that is for this chain and contract. */
  #given<Parameters extends object>(input: Parameters | DealFile, read: (file: DealFile) => Parameters): Parameters {
    if (!isFile(input)) return input;
    requirePlace(this.place, input);
    return read(input);
  }

  /** The signer's own estimate of the gas runs the call first, so that the contract's refusal costs nothing. */
  #send<T>(action: ContractAction<T>, options: SendOptions | undefined): Promise<Transaction<T>> {
    return sendAction(this.#context, action, options);
  }

  #submittable(account: Address, signature: Hex): Promise<Hex> {
    return submittable(this.#context.provider, account, signature);
  }

  async #consent(merchant: Address, signature: Hex | undefined): Promise<{ readonly merchantSignature?: Hex }> {
    if (signature === undefined || signature === "0x") return {};
    return { merchantSignature: await this.#submittable(merchant, signature) };
  }

  async #saleSignatures({ sale, merchantSignature, customerSignature }: actions.RecordSaleParameters) {
    return {
      merchantSignature: await this.#submittable(sale.merchant, merchantSignature),
      customerSignature: await this.#submittable(sale.customer, customerSignature),
    };
  }

  async #three(
    merchant: Address,
    customer: Address,
    given: Pick<actions.LodgePromiseParameters, "buyer" | "merchantSignature" | "buyerSignature" | "customerSignature">,
  ) {
    return {
      merchantSignature: await this.#submittable(merchant, given.merchantSignature),
      buyerSignature: await this.#submittable(given.buyer, given.buyerSignature),
      customerSignature: await this.#submittable(customer, given.customerSignature),
    };
  }

  async #evidence(given: CompleteOffer): Promise<CompleteOffer> {
    return { ...given, ...(await this.#three(given.offer.merchant, given.offer.customer, given)) };
  }

  async #newDeal({ deal, customerSignature, buyerSignature, ...given }: actions.SettleParameters) {
    const { token, buyer: account, amount } = deal;
    return {
      customerSignature: await this.#submittable(deal.customer, customerSignature),
      buyerSignature: await this.#submittable(deal.buyer, buyerSignature),
      ...(await this.#consent(deal.merchant, given.merchantSignature)),
      payment: await this.#payment({ token, account, amount }, given.payment),
    };
  }

  /** Checks that the payer can pay. A token that does not answer is left to the contract to refuse. */
  async #payment({ token, account, amount }: Due, payment: Payment = byAllowance): Promise<Payment> {
    const code = await readOnChain(this.#context, async () => this.#context.provider.getCode(token), token);
    if (code !== "0x") {
      const allowanceOf = payment.method === "ALLOWANCE" ? this.address : undefined;
      await requireFunds({ token, account, amount, allowanceOf }, this.reader);
    }
    return { ...payment, signature: await this.#submittable(account, payment.signature) };
  }
}

function topicsOf(names: readonly DealEventName[] | undefined, id: Hex | undefined) {
  const events = names?.map((name) => dealsInterface.getEvent(name)?.topicHash ?? "0x") ?? null;
  if (id !== undefined) return [events, id];
  return events === null ? [] : [events];
}

function sameAddress(a: Address, b: Address): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

async function balanceAt(context: ClientContext, token: Address, account: Address, blockTag: number): Promise<bigint> {
  const data = `0x70a08231${account.slice(2).toLowerCase().padStart(64, "0")}`;
  const answer = await readOnChain(context, () => context.provider.call({ to: token, data, blockTag }), token);
  if (dataLength(answer) >= 32) return toBigInt(dataSlice(answer, 0, 32));
  throw unexpectedAnswer(`The token ${token} told no balance.`, { token, answer });
}

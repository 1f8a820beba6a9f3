import { expect } from "chai";
import type { BaseContract, ContractTransactionReceipt, ContractTransactionResponse, TypedDataDomain } from "ethers";
import { computeAddress, HDNodeWallet, id, Mnemonic, Signature, SigningKey, TypedDataEncoder } from "ethers";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { network } from "hardhat";

import type { Payments, ReferralDeals, StandardToken } from "../../typechain-types/index.js";
import {
  BY_ALLOWANCE,
  type CompleteOffer,
  DAY,
  DEAL_REQUIRED,
  DISCOUNT,
  FIXED_PRICE,
  FUNDS,
  Method,
  type Offer,
  type Payment,
  PERCENT_OFF,
  PERMIT2_ADDRESS,
  Q1,
  R,
  type RebatePromise,
  type ReferredSale,
  type Sale,
} from "./dealTerms.js";
import { signDigest } from "./signDigest.js";

export * from "./dealTerms.js";

/** A simulated chain of a test's own. */
export type Connection = Awaited<ReturnType<typeof network.create>>;

/** The chain of all tests of deals. Each test begins from a snapshot of it, see {@link loadWorld}. */
export const home: Connection = await network.create();
export const { ethers, networkHelpers, provider } = home;
export const { time } = networkHelpers;

/** Somebody who signs digests: a key, or a wallet with a key behind it. */
export type Party = {
  readonly address: string;
  readonly sign: (digest: string) => string;
};

/** An account of the chain with its key. */
export type Account = Party & { readonly runner: HardhatEthersSigner };

/** The three parties of a deal. */
export type Parties = { readonly merchant: Party; readonly customer: Party; readonly buyer: Party };

export type World = {
  readonly deals: ReferralDeals;
  readonly token: StandardToken;
  /** The errors of taking payments, as the deals contract raises them. */
  readonly payments: Payments;
  readonly dealsAddress: string;
  readonly tokenAddress: string;
  readonly domain: TypedDataDomain;
  readonly merchant: Account;
  readonly customer: Account;
  readonly buyer: Account;
  readonly relayer: Account;
  readonly stranger: Account;
  /** The chain's time when the world begins. */
  readonly start: bigint;
  /** The rebate moment of the documents that the helpers draft. */
  readonly moment: bigint;
};

const SALE =
  "address merchant,address customer,address token,uint128 amount,bytes32 itemHash,uint40 refundableUntil,bytes32 salt";
const OFFER =
  "bytes32 saleId,address merchant,address customer,address token,uint128 saleAmount,uint8 policy,uint128 discount,bool free,uint40 rebateMoment,uint128 rebate,uint8 rebateRule,uint32 maxUses,uint32 counter,bytes32 salt";
const PROMISE = "bytes32 offerId,address merchant,address customer,uint128 rebate,uint40 rebateMoment";
const DEAL =
  "bytes32 offerId,address merchant,address customer,address buyer,address token,uint128 amount,uint128 rebate,uint40 rebateMoment,bytes32 itemHash,bytes32 salt";

/** The documents and endorsements as the specification writes them; the contract's own library is held against these. */
export const TYPES = {
  Sale: fields(SALE),
  Offer: fields(OFFER),
  RebatePromise: fields(PROMISE),
  ReferredSale: fields(DEAL),
  Referral: fields(
    "bytes32 offerId,address merchant,address customer,address buyer,uint128 rebate,uint40 rebateMoment",
  ),
  MerchantSaleEndorsement: fields("Sale sale,bool paidElsewhere"),
  CustomerSaleEndorsement: fields("Sale sale,bool paidElsewhere"),
  OfferOpening: fields("Offer offer"),
  MerchantOfferEndorsement: fields("Offer offer"),
  CustomerOfferEndorsement: fields("Offer offer,address buyer,bytes32 previous"),
  BuyerOfferEndorsement: fields("Offer offer,address buyer,bytes32 previous"),
  MerchantPromiseEndorsement: fields("RebatePromise rebatePromise"),
  BuyerPromiseEndorsement: fields("RebatePromise rebatePromise,address buyer,bytes32 previous"),
  CustomerPromiseEndorsement: fields("RebatePromise rebatePromise,address buyer,bytes32 previous"),
  CustomerDealEndorsement: fields("ReferredSale deal"),
  BuyerDealEndorsement: fields("ReferredSale deal,bytes32 previous"),
  MerchantDealEndorsement: fields("ReferredSale deal,bytes32 previous"),
} as const;

export type TypeName = keyof typeof TYPES;

function fields(list: string): { name: string; type: string }[] {
  return list.split(",").map((field) => {
    const [type, name] = field.split(" ");
    return { type: type!, name: name! };
  });
}

/** The named type with the types that it nests, as ethers wants them. */
export function typesOf(name: TypeName): Record<string, { name: string; type: string }[]> {
  const nested = TYPES[name].map((field) => field.type).filter((type): type is TypeName => type in TYPES);
  return Object.fromEntries([name, ...nested].map((each) => [each, TYPES[each]]));
}

/** A document's id: its struct hash. */
export function idOf(name: TypeName, document: object): string {
  return TypedDataEncoder.hashStruct(name, typesOf(name), document as Record<string, unknown>);
}

/** What is signed for a typed value. */
export function digestOf(world: Pick<World, "domain">, name: TypeName, value: object): string {
  return TypedDataEncoder.hash(world.domain, typesOf(name), value as Record<string, unknown>);
}

const PHRASE = Mnemonic.fromPhrase("test test test test test test test test test test test junk");
const ROOT = HDNodeWallet.fromMnemonic(PHRASE, "m/44'/60'/0'/0");

/** An account of the chain that every test starts with, with its key. */
export async function accountAt(connection: Connection, index: number): Promise<Account> {
  const wallet = ROOT.deriveChild(index);
  const key = new SigningKey(wallet.privateKey);
  return {
    address: wallet.address,
    runner: await connection.ethers.getSigner(wallet.address),
    sign: (digest) => signDigest(key, digest).serialized,
  };
}

/** The contract, a token, three parties with money and allowances, and a recorded base sale. */
export async function deployWorld(connection: Connection): Promise<World> {
  const start = 2_000_000_000n;
  const { ethers, networkHelpers } = connection;
  await networkHelpers.time.increaseTo(start);
  const deals = await ethers.deployContract("ReferralDeals");
  const token = await ethers.deployContract("StandardToken");
  const [merchant, customer, buyer, relayer, stranger] = await Promise.all(
    [1, 2, 3, 4, 5].map(async (index) => accountAt(connection, index)),
  );
  const dealsAddress = await deals.getAddress();
  const world: World = {
    deals,
    token,
    payments: await ethers.getContractAt("Payments", dealsAddress),
    dealsAddress,
    tokenAddress: await token.getAddress(),
    domain: {
      name: "Guildhall ReferralDeals",
      version: "1",
      chainId: (await ethers.provider.getNetwork()).chainId,
      verifyingContract: dealsAddress,
    },
    merchant: merchant!,
    customer: customer!,
    buyer: buyer!,
    relayer: relayer!,
    stranger: stranger!,
    start,
    moment: start + 30n * DAY,
  };
  for (const account of [world.merchant, world.customer, world.buyer]) {
    await token.mint(account.address, FUNDS);
    await token.connect(account.runner).approve(dealsAddress, FUNDS);
  }
  await recordSale(world, saleOf(world));
  return world;
}

/** A fresh world, the same every time. */
export async function loadWorld(): Promise<World> {
  return networkHelpers.loadFixture(deployWorld);
}

// ── Documents ──

export function saleOf(world: World, changes: Partial<Sale> = {}): Sale {
  return {
    merchant: world.merchant.address,
    customer: world.customer.address,
    token: world.tokenAddress,
    amount: Q1,
    itemHash: id("an item"),
    refundableUntil: world.start + 10n * DAY,
    salt: id("sale"),
    ...changes,
  };
}

export function offerOf(world: World, changes: Partial<Offer> = {}): Offer {
  const sale = saleOf(world, {
    merchant: changes.merchant ?? world.merchant.address,
    customer: changes.customer ?? world.customer.address,
    token: changes.token ?? world.tokenAddress,
  });
  return {
    saleId: idOf("Sale", sale),
    merchant: sale.merchant,
    customer: sale.customer,
    token: sale.token,
    saleAmount: Q1,
    policy: PERCENT_OFF,
    discount: DISCOUNT,
    free: false,
    rebateMoment: world.moment,
    rebate: R,
    rebateRule: DEAL_REQUIRED,
    maxUses: 3n,
    counter: 0n,
    salt: id("offer"),
    ...changes,
  };
}

export function promiseOf(offer: Offer, changes: Partial<RebatePromise> = {}): RebatePromise {
  return {
    offerId: idOf("Offer", offer),
    merchant: offer.merchant,
    customer: offer.customer,
    rebate: offer.rebate,
    rebateMoment: offer.rebateMoment,
    ...changes,
  };
}

export function dealOf(world: World, offer: Offer = offerOf(world), changes: Partial<ReferredSale> = {}): ReferredSale {
  return {
    offerId: idOf("Offer", offer),
    merchant: offer.merchant,
    customer: offer.customer,
    buyer: world.buyer.address,
    token: offer.token,
    amount: priceOf(offer),
    rebate: offer.rebate,
    rebateMoment: offer.rebateMoment,
    itemHash: id("another item"),
    salt: id("deal"),
    ...changes,
  };
}

/** The policy in plain numbers. */
export function priceOf(offer: Offer): bigint {
  const { saleAmount: amount, discount } = offer;
  switch (offer.policy) {
    case FIXED_PRICE:
      return discount;
    case PERCENT_OFF:
      return amount - (amount * discount) / 10_000n;
    default:
      return amount - discount;
  }
}

export function referralIdOf(deal: ReferredSale): string {
  return idOf("Referral", deal);
}

/** The referral of an offer and a buyer. */
export function referralOfOffer(offer: Offer, buyer: string): string {
  return idOf("Referral", { ...promiseOf(offer), buyer });
}

// ── Digests ──

export function saleDigests(world: World, sale: Sale, paidElsewhere: boolean) {
  return {
    merchant: digestOf(world, "MerchantSaleEndorsement", { sale, paidElsewhere }),
    customer: digestOf(world, "CustomerSaleEndorsement", { sale, paidElsewhere }),
  };
}

export function offerDigests(world: World, offer: Offer, buyer: string) {
  const merchant = digestOf(world, "MerchantOfferEndorsement", { offer });
  const customer = digestOf(world, "CustomerOfferEndorsement", { offer, buyer, previous: merchant });
  return { merchant, customer, buyer: digestOf(world, "BuyerOfferEndorsement", { offer, buyer, previous: customer }) };
}

export function promiseDigests(world: World, rebatePromise: RebatePromise, buyer: string) {
  const merchant = digestOf(world, "MerchantPromiseEndorsement", { rebatePromise });
  const second = digestOf(world, "BuyerPromiseEndorsement", { rebatePromise, buyer, previous: merchant });
  return {
    merchant,
    buyer: second,
    customer: digestOf(world, "CustomerPromiseEndorsement", { rebatePromise, buyer, previous: second }),
  };
}

export function dealDigests(world: World, deal: ReferredSale) {
  const customer = digestOf(world, "CustomerDealEndorsement", { deal });
  const buyer = digestOf(world, "BuyerDealEndorsement", { deal, previous: customer });
  return { customer, buyer, merchant: digestOf(world, "MerchantDealEndorsement", { deal, previous: buyer }) };
}

export function openingDigest(world: World, offer: Offer): string {
  return digestOf(world, "OfferOpening", { offer });
}

// ── Signatures ──

export type SaleSignatures = { readonly merchant: string; readonly customer: string };
export type Signatures = SaleSignatures & { readonly buyer: string };

export function signSale(world: World, sale: Sale, paidElsewhere: boolean, by: Partial<Parties> = {}): SaleSignatures {
  const digests = saleDigests(world, sale, paidElsewhere);
  return {
    merchant: (by.merchant ?? world.merchant).sign(digests.merchant),
    customer: (by.customer ?? world.customer).sign(digests.customer),
  };
}

function signAll(world: World, digests: Signatures, by: Partial<Parties>): Signatures {
  return {
    merchant: (by.merchant ?? world.merchant).sign(digests.merchant),
    customer: (by.customer ?? world.customer).sign(digests.customer),
    buyer: (by.buyer ?? world.buyer).sign(digests.buyer),
  };
}

export function signOffer(world: World, offer: Offer, by: Partial<Parties> = {}): CompleteOffer {
  const signatures = signAll(world, offerDigests(world, offer, (by.buyer ?? world.buyer).address), by);
  return {
    offer,
    merchantSignature: signatures.merchant,
    customerSignature: signatures.customer,
    buyerSignature: signatures.buyer,
  };
}

export function signPromise(world: World, rebatePromise: RebatePromise, by: Partial<Parties> = {}): Signatures {
  return signAll(world, promiseDigests(world, rebatePromise, (by.buyer ?? world.buyer).address), by);
}

export function signDeal(world: World, deal: ReferredSale, by: Partial<Parties> = {}): Signatures {
  return signAll(world, dealDigests(world, deal), by);
}

export function signOpening(world: World, offer: Offer, by: Party = world.merchant): string {
  return by.sign(openingDigest(world, offer));
}

/** The ERC-2098 form of a key's signature. */
export function compact(signature: string): string {
  return Signature.from(signature).compactSerialized;
}

/** The other signature of the same key on the same digest, with s above half of the curve's order. */
export function highS(signature: string): string {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const { r, s, v } = Signature.from(signature);
  return ethers.solidityPacked(["bytes32", "uint256", "uint8"], [r, order - BigInt(s), v === 27 ? 28 : 27]);
}

// ── Calls, as honest parties make them ──

type Tx = Promise<ContractTransactionResponse>;

/** Whoever sends, and what is in place of the honest arguments. */
export type CallOptions = {
  readonly from?: HardhatEthersSigner;
  readonly by?: Partial<Parties>;
  readonly signatures?: Partial<Signatures>;
  readonly payment?: Payment;
  readonly deals?: ReferralDeals;
};

function contract(world: World, options: CallOptions, from: Account = world.relayer): ReferralDeals {
  return (options.deals ?? world.deals).connect(options.from ?? from.runner);
}

export async function recordSale(world: World, sale: Sale, options: CallOptions = {}): Tx {
  const { merchant, customer } = { ...signSale(world, sale, true, options.by), ...options.signatures };
  return contract(world, options).recordSale(sale, merchant, customer);
}

export async function paySale(world: World, sale: Sale, options: CallOptions = {}): Tx {
  const { merchant, customer } = { ...signSale(world, sale, false, options.by), ...options.signatures };
  return contract(world, options).paySale(sale, merchant, customer, options.payment ?? BY_ALLOWANCE);
}

export async function openOffer(world: World, offer: Offer, options: CallOptions = {}): Tx {
  const merchant = options.signatures?.merchant ?? signOpening(world, offer, options.by?.merchant);
  return contract(world, options).openOffer(offer, merchant, options.payment ?? BY_ALLOWANCE);
}

export async function settle(world: World, deal: ReferredSale, options: CallOptions = {}): Tx {
  const { customer, buyer, merchant } = { ...signDeal(world, deal, options.by), ...options.signatures };
  return contract(world, options).settle(deal, customer, buyer, merchant, options.payment ?? BY_ALLOWANCE);
}

export async function settleWithEvidence(
  world: World,
  offer: Offer | CompleteOffer,
  deal: ReferredSale,
  options: CallOptions = {},
): Tx {
  const evidence = "offer" in offer ? offer : signOffer(world, offer, options.by);
  const { customer, buyer, merchant } = { ...signDeal(world, deal, options.by), ...options.signatures };
  const payment = options.payment ?? BY_ALLOWANCE;
  return contract(world, options).settleWithEvidence(evidence, deal, customer, buyer, merchant, payment);
}

export async function lodge(
  world: World,
  offer: Offer | CompleteOffer,
  deal: ReferredSale,
  options: CallOptions = {},
): Tx {
  const evidence = "offer" in offer ? offer : signOffer(world, offer, options.by);
  const { customer, buyer } = { ...signDeal(world, deal, options.by), ...options.signatures };
  return contract(world, options).lodge(evidence, deal, customer, buyer, options.payment ?? BY_ALLOWANCE);
}

export async function countersign(world: World, deal: ReferredSale, options: CallOptions = {}): Tx {
  const { merchant } = { ...signDeal(world, deal, options.by), ...options.signatures };
  return contract(world, options).countersign(deal, merchant);
}

export async function lodgePromise(world: World, rebatePromise: RebatePromise, options: CallOptions = {}): Tx {
  const { merchant, buyer, customer } = { ...signPromise(world, rebatePromise, options.by), ...options.signatures };
  const named = (options.by?.buyer ?? world.buyer).address;
  return contract(world, options).lodgePromise(rebatePromise, named, merchant, buyer, customer);
}

export async function lodgePromotion(world: World, offer: Offer, options: CallOptions = {}): Tx {
  const { merchant, buyer, customer } = { ...signPromise(world, promiseOf(offer), options.by), ...options.signatures };
  const named = (options.by?.buyer ?? world.buyer).address;
  return contract(world, options).lodgePromotion(offer, named, merchant, buyer, customer);
}

// ── Money ──

/** A permit of EIP-2612 for the deals contract. */
export async function permit(
  world: World,
  token: StandardToken,
  owner: Account,
  value: bigint,
  deadline: bigint = world.moment,
): Promise<Payment> {
  const domain = await domainOf(token);
  const types = {
    Permit: fields("address owner,address spender,uint256 value,uint256 nonce,uint256 deadline"),
  };
  const nonce = await token.nonces(owner.address);
  const digest = TypedDataEncoder.hash(domain, types, {
    owner: owner.address,
    spender: world.dealsAddress,
    value,
    nonce,
    deadline,
  });
  return { method: Method.PERMIT, deadline, signature: owner.sign(digest) };
}

type WithDomain = BaseContract & {
  eip712Domain: () => Promise<{ name: string; version: string; chainId: bigint; verifyingContract: string }>;
};

async function domainOf(token: WithDomain): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await token.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

/** An ERC-3009 authorization for the deals contract. */
export async function authorization(
  world: World,
  token: WithDomain,
  owner: Party,
  value: bigint,
  nonce: string,
  deadline: bigint = world.moment,
): Promise<Payment> {
  const types = {
    ReceiveWithAuthorization: fields(
      "address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce",
    ),
  };
  const digest = TypedDataEncoder.hash(await domainOf(token), types, {
    from: owner.address,
    to: world.dealsAddress,
    value,
    validAfter: 0n,
    validBefore: deadline,
    nonce,
  });
  return { method: Method.AUTHORIZATION, deadline, signature: owner.sign(digest) };
}

/** A Permit2 signature for the deals contract. */
export function permit2(
  world: World,
  token: string,
  owner: Party,
  amount: bigint,
  nonce: string,
  deadline: bigint = world.moment,
): Payment {
  const types = {
    PermitTransferFrom: fields("TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline"),
    TokenPermissions: fields("address token,uint256 amount"),
  };
  const { chainId } = world.domain;
  const domain = { name: "Permit2", verifyingContract: PERMIT2_ADDRESS, chainId: chainId ?? null };
  const digest = TypedDataEncoder.hash(domain, types, {
    permitted: { token, amount },
    spender: world.dealsAddress,
    nonce,
    deadline,
  });
  return { method: Method.PERMIT2, deadline, signature: owner.sign(digest) };
}

/** Puts Permit2's code to its address. */
export async function installPermit2(): Promise<void> {
  const contract = await ethers.deployContract("Permit2");
  await networkHelpers.setCode(PERMIT2_ADDRESS, await contract.getDeployedCode().then((code) => code!));
}

/** What a transaction moved: each account's difference in a token, `[contract, merchant, customer, buyer]`. */
export async function moved(world: World, transaction: Tx): Promise<readonly bigint[]> {
  const holders = [world.dealsAddress, world.merchant.address, world.customer.address, world.buyer.address];
  const receipt = await mined(transaction);
  const at = async (blockTag: number) =>
    Promise.all(holders.map(async (holder) => world.token.balanceOf(holder, { blockTag })));
  const [before, after] = [await at(receipt.blockNumber - 1), await at(receipt.blockNumber)];
  return after.map((balance, i) => balance - before[i]!);
}

export async function mined(transaction: Tx): Promise<ContractTransactionReceipt> {
  return (await (await transaction).wait())!;
}

/**
 * The refusal of a call by a named error of the deals contract with these arguments, and then what is honest, which goes
 * through as if nothing had been tried.
 */
export async function refused(
  world: World,
  attempt: Promise<unknown>,
  error: string,
  args: readonly unknown[],
  honest: () => Promise<unknown>,
  reverts: BaseContract = world.deals,
): Promise<void> {
  await expect(attempt)
    .to.be.revertedWithCustomError(reverts, error)
    .withArgs(...args);
  await honest();
}

/** The next transaction is mined at this time. */
export async function at(timestamp: bigint): Promise<void> {
  await time.setNextBlockTimestamp(timestamp);
}

/** The next transaction is mined at this time, unless it is reached already. */
export async function reach(timestamp: bigint): Promise<void> {
  if (BigInt(await time.latest()) < timestamp) await at(timestamp);
}

/** A name of a term as the contract writes it in its errors. */
export function term(name: string): string {
  return ethers.encodeBytes32String(name);
}

/** A key nobody knows of, funded with nothing. */
export function anybody(name: string): Party {
  const key = new SigningKey(id(name));
  return { address: computeAddress(key), sign: (digest) => signDigest(key, digest).serialized };
}

/** Gives an account of any kind the token of the world and the contract an allowance of it. */
export async function fund(world: World, account: string): Promise<void> {
  await world.token.mint(account, FUNDS);
  await networkHelpers.impersonateAccount(account);
  await networkHelpers.setBalance(account, 10n ** 21n);
  await world.token.connect(await ethers.getSigner(account)).approve(world.dealsAddress, FUNDS);
}

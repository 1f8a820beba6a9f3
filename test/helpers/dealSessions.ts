import { expect } from "chai";
import { id } from "ethers";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { network } from "hardhat";

import {
  BuyerSession,
  chainClock,
  CustomerSession,
  type DealError,
  type DealErrorCode,
  type DealsReader,
  type DocumentSigner,
  Guildhall,
  isRevert,
  MerchantSession,
  type MerchantSessionOptions,
  type OfferDraft,
  type PayBy,
  PERMIT2_ADDRESS,
  type RevertName,
  type SaleDraft,
  type SessionOptions,
} from "../../sdk/src/index.js";
import type { StandardToken } from "../../typechain-types/index.js";
import { deploySuite } from "./suite.js";

/** The chain of the tests of the deals SDK. Each test begins from a snapshot of it, see {@link loadHall}. */
export const { ethers, networkHelpers, provider } = await network.create();
export const { time } = networkHelpers;

export const Q1 = 100_003n;
export const Q2 = 90_003n; // 10 % off, rounded down
export const R = 5_000n;
export const DAY = 86_400;

export type Party = "merchant" | "customer" | "buyer" | "stranger";

/** A deployed suite, with one client for each party. */
export type Hall = {
  readonly halls: Readonly<Record<Party, Guildhall>>;
  readonly signers: Readonly<Record<Party, HardhatEthersSigner>>;
  readonly token: StandardToken;
  readonly tokenAddress: string;
  readonly reader: DealsReader;
  /** The rebate moment of the offers that the helpers draft. */
  readonly moment: number;
};

async function deployHall(): Promise<Hall> {
  const [deployer, merchant, customer, buyer, stranger] = await ethers.getSigners();
  if (!deployer || !merchant || !customer || !buyer || !stranger) throw new TypeError("five accounts are needed");
  const { Directory: directory } = await deploySuite(deployer);
  const token = await ethers.deployContract("StandardToken");
  const tokenAddress = await token.getAddress();
  const signers = { merchant, customer, buyer, stranger };
  for (const { address } of Object.values(signers)) await token.mint(address, 10n ** 9n);
  const connect = (signer: HardhatEthersSigner) => Guildhall.connect(signer, { directory });
  const halls = {
    merchant: await connect(merchant),
    customer: await connect(customer),
    buyer: await connect(buyer),
    stranger: await connect(stranger),
  };
  const moment = (await time.latest()) + 10 * DAY;
  return { halls, signers, token, tokenAddress, reader: halls.stranger.deals.reader, moment };
}

/** A fresh suite, from a snapshot. */
export function loadHall(): Promise<Hall> {
  return networkHelpers.loadFixture(deployHall);
}

/** The three sessions of a referral. */
export type Sessions = {
  readonly merchant: MerchantSession;
  readonly customer: CustomerSession;
  readonly buyer: BuyerSession;
};

type Overrides = {
  readonly signers?: Partial<Record<"merchant" | "customer" | "buyer", DocumentSigner>>;
  readonly merchant?: Partial<MerchantSessionOptions>;
};

/** What a session of a party is given. */
export function optionsFor(hall: Hall, signer: DocumentSigner): SessionOptions {
  return { signer, clock: chainClock(ethers.provider), reader: hall.reader };
}

/** Opens a session for each role. */
export async function openSessions(hall: Hall, { signers = {}, merchant = {} }: Overrides = {}): Promise<Sessions> {
  const signer = (role: "merchant" | "customer" | "buyer") => signers[role] ?? hall.signers[role];
  return {
    merchant: await MerchantSession.open({ ...optionsFor(hall, signer("merchant")), ...merchant }),
    customer: await CustomerSession.open(optionsFor(hall, signer("customer"))),
    buyer: await BuyerSession.open(optionsFor(hall, signer("buyer"))),
  };
}

/** The stages of a referral, in the order of the story. */
export const stages = [
  "sale", // recorded on the chain
  "offer", // drafted and signed by the merchant
  "named", // endorsed by the customer
  "accepted", // endorsed by the buyer
  "promised", // the rebate promise endorsed by the buyer
  "drafted", // the deal drafted by the buyer
  "customerSigned", // the deal signed by the customer
  "promiseComplete", // the rebate promise endorsed by the customer
  "buyerSigned", // the deal signed by the buyer, and its payment
] as const;
export type Stage = (typeof stages)[number];

/** What of the story a test changes. */
export type Story = {
  readonly sale?: Partial<SaleDraft>;
  readonly offer?: Partial<OfferDraft>;
  readonly pay?: PayBy;
  /** Opens the offer with its bond once it is drafted. */
  readonly open?: boolean;
  /** Makes the buyer able to pay, in place of an approval by its signer. */
  readonly fund?: () => Promise<void>;
};

export const itemHash = id("an item, salted");

/** Plays the story up to a stage. The parties pass each other JSON and nothing else. */
export async function playTo(
  hall: Hall,
  { merchant, customer, buyer }: Sessions,
  stage: Stage,
  { sale = {}, offer = {}, pay = { method: "ALLOWANCE" }, open = false, fund }: Story = {},
): Promise<void> {
  const last = stages.indexOf(stage);
  const reached = (name: Stage) => stages.indexOf(name) <= last;

  await customer.receive(
    await merchant.draftSale({
      customer: customer.account,
      token: hall.tokenAddress,
      amount: Q1,
      itemHash,
      ...sale,
    }),
  );
  await merchant.receive(await customer.endorseSale());
  const record = merchant.file.body.paidElsewhere === true ? "recordSale" : "paySale";
  await (await hall.halls.stranger.deals[record](merchant.file)).wait();

  if (!reached("offer")) return;
  const draft = { policy: "PERCENT_OFF", discount: 1_000n, rebateMoment: hall.moment, rebate: R, ...offer } as const;
  await merchant.draftOffer(draft);
  if (open) {
    await (await hall.token.connect(hall.signers.merchant).approve(hall.reader.contract, 10n ** 9n)).wait();
    await (await hall.halls.merchant.deals.openOffer(merchant.file)).wait();
  }
  await customer.receive(merchant.export());

  if (!reached("named")) return;
  await buyer.receive(await customer.endorseOffer({ buyer: buyer.account }));
  if (!reached("accepted")) return;
  await merchant.receive(await buyer.endorseOffer());
  if (!reached("promised")) return;
  await customer.receive(await buyer.endorsePromise());
  if (!reached("drafted")) return;
  await customer.receive(await buyer.draftDeal({ itemHash: id("what the buyer buys, salted") }));
  if (!reached("customerSigned")) return;
  await buyer.receive(await customer.signDeal());
  if (!reached("promiseComplete")) return;
  await customer.endorsePromise();
  if (!reached("buyerSigned")) return;
  if (fund !== undefined) await fund();
  else if (pay.method === "ALLOWANCE") await approve(hall, hall.signers.buyer);
  await merchant.receive(await buyer.signDeal(pay));
}

/** Lets the contract take what a party has. */
export async function approve(hall: Hall, signer: HardhatEthersSigner): Promise<void> {
  await (await hall.token.connect(signer).approve(hall.reader.contract, 10n ** 9n)).wait();
}

/** Expects a refusal of the SDK, by its code and, where they are given, some of its arguments. */
export async function expectDealError(
  promise: Promise<unknown>,
  code: DealErrorCode,
  args: Readonly<Record<string, unknown>> = {},
): Promise<DealError> {
  const error = await promise.then(
    () => expect.fail(`nothing was refused; ${code} was expected`),
    (thrown: unknown) => thrown as DealError,
  );
  expect(error.code, String(error)).to.equal(code);
  expect(error.args).to.include(args);
  expect(error.advice).to.match(/\.$/);
  return error;
}

/** Expects a revert of the contract that the SDK decoded. */
export async function expectRevert(promise: Promise<unknown>, name: RevertName): Promise<void> {
  const error = await promise.then(
    () => expect.fail(`nothing reverted; ${name} was expected`),
    (thrown: unknown) => thrown,
  );
  expect(isRevert(error, name), String(error)).to.equal(true);
}

/** Moves the chain's time: the next block has this timestamp. */
export async function at(timestamp: number): Promise<void> {
  await time.increaseTo(timestamp);
}

/** Puts Permit2's code to its address, and lets it take what the buyer has. */
export async function installPermit2(hall: Hall): Promise<void> {
  const contract = await ethers.deployContract("Permit2");
  const code = await ethers.provider.getCode(await contract.getAddress());
  await networkHelpers.setCode(PERMIT2_ADDRESS, code);
  await (await hall.token.connect(hall.signers.buyer).approve(PERMIT2_ADDRESS, 10n ** 9n)).wait();
}

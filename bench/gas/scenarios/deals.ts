import assert from "node:assert/strict";

import { id as hashOf, Signature, type Signer } from "ethers";
import hre from "hardhat";

import {
  type Address,
  type CompleteOffer,
  type ContractAction,
  dealActions,
  type Endorsement,
  endorsementTypedData,
  type Hex,
  type Offer,
  offerIdOf,
  type RebatePromise,
  type ReferredSale,
  type Sale,
  saleIdOf,
  signTyped,
} from "../../../sdk/src/index.js";
import { type FloorParts, floorOf, TRANSFER_LOG } from "../floor.js";
import { type Operation, operation } from "../Operation.js";

/** Topics and data bytes of the suite's logs in these scenarios. */
const DEAL_SETTLED = { topics: 4, bytes: 8 * 32 } as const;
const DEAL_LODGED = { topics: 4, bytes: 9 * 32 } as const;
const PROMISE_LODGED = { topics: 4, bytes: 5 * 32 } as const;
const REBATE_PAID = { topics: 4, bytes: 2 * 32 } as const;

const UNIT = 10n ** 18n;
const WEEK = 7 * 86_400;
const START = 2_000_000_000;

/** The price into the contract and on to the merchant: token, three balances, and the allowance by itself. */
const PAYMENT = { coldAccounts: 1, updates: 3, logs: [TRANSFER_LOG, TRANSFER_LOG] } as const;

type Fixture = Awaited<ReturnType<typeof deploy>>;

/** The contract, a token that everybody holds already, and a recorded sale. */
async function deploy() {
  const { ethers, networkHelpers } = await hre.network.create();
  const [merchant, customer, buyer, relayer]: Signer[] = await ethers.getSigners();
  assert(merchant && customer && buyer && relayer);
  // The same moment in every run, so that the same bytes are measured.
  await networkHelpers.time.increaseTo(START);
  const token = await ethers.deployContract("StandardToken");
  const deals = await ethers.deployContract("ReferralDeals");
  const contract = await deals.getAddress();
  const [merchantAddress, customerAddress, buyerAddress] = (await Promise.all(
    [merchant, customer, buyer].map((signer) => signer.getAddress()),
  )) as [Address, Address, Address];
  for (const holder of [merchantAddress, customerAddress, buyerAddress, contract]) {
    await token.mint(holder, 1_000n * UNIT);
  }
  const place = { chainId: (await ethers.provider.getNetwork()).chainId, contract };
  const sale: Sale = {
    merchant: merchantAddress,
    customer: customerAddress,
    token: await token.getAddress(),
    amount: 100n * UNIT,
    itemHash: hashOf("item"),
    refundableUntil: 0,
    salt: hashOf("sale"),
  };
  const rebateMoment = START + WEEK;
  const sign = async (signer: Signer, endorsement: Endorsement): Promise<Hex> => {
    const { signature } = await signTyped(signer, endorsementTypedData(place, endorsement));
    return Signature.from(signature).compactSerialized;
  };
  await deals.recordSale(
    sale,
    await sign(merchant, { type: "MerchantSaleEndorsement", sale, paidElsewhere: true }),
    await sign(customer, { type: "CustomerSaleEndorsement", sale, paidElsewhere: true }),
  );
  return {
    networkHelpers,
    merchant,
    customer,
    buyer,
    relayer,
    buyerAddress,
    token,
    contract,
    sale,
    rebateMoment,
    sign,
  };
}

function offerOf({ sale, rebateMoment }: Fixture, salt: string): Offer {
  return {
    saleId: saleIdOf(sale),
    merchant: sale.merchant,
    customer: sale.customer,
    token: sale.token,
    saleAmount: sale.amount,
    policy: "PERCENT_OFF",
    discount: 1_000n,
    free: false,
    rebateMoment,
    rebate: 5n * UNIT,
    rebateRule: "DEAL_REQUIRED",
    maxUses: 10,
    counter: 0,
    salt: hashOf(salt),
  };
}

async function dealOf({ merchant, customer, buyer, buyerAddress, sign }: Fixture, offer: Offer) {
  const deal: ReferredSale = {
    offerId: offerIdOf(offer),
    merchant: offer.merchant,
    customer: offer.customer,
    buyer: buyerAddress,
    token: offer.token,
    amount: 90n * UNIT,
    rebate: offer.rebate,
    rebateMoment: offer.rebateMoment,
    itemHash: hashOf("second item"),
    salt: hashOf("deal"),
  };
  return {
    deal,
    customerSignature: await sign(customer, { type: "CustomerDealEndorsement", deal }),
    buyerSignature: await sign(buyer, { type: "BuyerDealEndorsement", deal }),
    merchantSignature: await sign(merchant, { type: "MerchantDealEndorsement", deal }),
  };
}

async function evidenceOf(fixture: Fixture, offer: Offer): Promise<CompleteOffer> {
  const { merchant, customer, buyer, buyerAddress, sign } = fixture;
  return {
    offer,
    buyer: buyerAddress,
    merchantSignature: await sign(merchant, { type: "MerchantOfferEndorsement", offer }),
    customerSignature: await sign(customer, { type: "CustomerOfferEndorsement", offer, buyer: buyerAddress }),
    buyerSignature: await sign(buyer, { type: "BuyerOfferEndorsement", offer, buyer: buyerAddress }),
  };
}

async function promiseOf(fixture: Fixture, offer: Offer) {
  const { merchant, customer, buyer, buyerAddress, sign } = fixture;
  const rebatePromise: RebatePromise = {
    offerId: offerIdOf(offer),
    merchant: offer.merchant,
    customer: offer.customer,
    rebate: offer.rebate,
    rebateMoment: offer.rebateMoment,
  };
  return {
    rebatePromise,
    buyer: buyerAddress,
    merchantSignature: await sign(merchant, { type: "MerchantPromiseEndorsement", rebatePromise }),
    buyerSignature: await sign(buyer, { type: "BuyerPromiseEndorsement", rebatePromise, buyer: buyerAddress }),
    customerSignature: await sign(customer, { type: "CustomerPromiseEndorsement", rebatePromise, buyer: buyerAddress }),
  };
}

/** Referral deals: an OpenZeppelin ERC-20 that all accounts hold already, EOA signers with 64-byte signatures. */
export async function dealOperations(): Promise<Operation[]> {
  const fixture = await deploy();
  const { networkHelpers, merchant, customer, buyer, relayer, token, contract, rebateMoment } = fixture;
  const operations: Operation[] = [];
  const measure = async (
    about: Pick<Operation, "id" | "what" | "budget" | "peer">,
    sender: Signer,
    { to, data }: ContractAction<unknown>,
    floor: FloorParts,
  ): Promise<void> => {
    const receipt = await (await sender.sendTransaction({ to, data })).wait();
    assert(receipt);
    operations.push(operation({ ...about, gas: receipt.gasUsed, floor: floorOf({ ...floor, calldata: data }) }));
  };
  const allow = async (amount: bigint): Promise<void> => {
    await token.connect(buyer).approve(contract, amount);
  };
  const settleLogs = [...PAYMENT.logs, DEAL_SETTLED];

  const directOffer = offerOf(fixture, "direct");
  const direct = await dealOf(fixture, directOffer);
  const { merchantSignature: _consent, ...byMerchant } = direct;
  await allow(direct.deal.amount);
  await measure(
    {
      id: "deals.settle-direct",
      what: "the merchant submits; two signatures; the price is split; the buyer allowed exactly the price",
      budget: 95_000,
      peer: { gas: 156_684, whose: "an order book's two-sided match" },
    },
    merchant,
    dealActions.settle(contract, byMerchant),
    { ...PAYMENT, ecrecovers: 2, freshWrites: 1, clears: 1, logs: settleLogs },
  );

  const { merchantSignature: _second, ...standing } = await dealOf(fixture, offerOf(fixture, "standing allowance"));
  await allow(1_000n * UNIT);
  await measure(
    { id: "deals.settle-direct-standing-allowance", what: "the same, with an allowance that stays above zero" },
    merchant,
    dealActions.settle(contract, standing),
    { ...PAYMENT, ecrecovers: 2, freshWrites: 1, updates: PAYMENT.updates + 1, logs: settleLogs },
  );

  const evidenceOffer = offerOf(fixture, "evidence");
  const evidenced = await dealOf(fixture, evidenceOffer);
  await allow(evidenced.deal.amount);
  await measure(
    {
      id: "deals.settle-with-evidence",
      what: "a relayer submits; six signatures; every term of the offer checked; the offer's first use",
      budget: 150_000,
    },
    relayer,
    dealActions.settleWithEvidence(contract, { ...evidenced, evidence: await evidenceOf(fixture, evidenceOffer) }),
    { ...PAYMENT, ecrecovers: 6, reads: 2, freshWrites: 2, clears: 1, logs: settleLogs },
  );

  await measure(
    {
      id: "deals.lodge-rebate",
      what: "three signatures, after the deal settled (deal and promise share a slot)",
      budget: 62_000,
    },
    customer,
    dealActions.lodgePromise(contract, await promiseOf(fixture, directOffer)),
    { ecrecovers: 3, updates: 1, logs: [PROMISE_LODGED] },
  );
  await measure(
    {
      id: "deals.lodge-rebate-before-deal",
      what: "the same before the deal: it pays for the slot, and settling is cheaper by as much",
    },
    customer,
    dealActions.lodgePromise(contract, await promiseOf(fixture, offerOf(fixture, "promise first"))),
    { ecrecovers: 3, freshWrites: 1, logs: [PROMISE_LODGED] },
  );

  const lodgedOffer = offerOf(fixture, "lodged");
  const { merchantSignature: _later, ...lodged } = await dealOf(fixture, lodgedOffer);
  await allow(lodged.deal.amount);
  await measure(
    { id: "deals.lodge", what: "the buyer submits; five signatures; the price goes into escrow" },
    buyer,
    dealActions.lodge(contract, { ...lodged, evidence: await evidenceOf(fixture, lodgedOffer) }),
    {
      coldAccounts: 1,
      ecrecovers: 5,
      reads: 2,
      freshWrites: 2,
      updates: 2,
      clears: 1,
      logs: [TRANSFER_LOG, DEAL_LODGED],
    },
  );
  await measure(
    { id: "deals.countersign", what: "the merchant submits; the escrow is split" },
    merchant,
    dealActions.countersign(contract, { deal: lodged.deal }),
    { coldAccounts: 1, updates: 3, logs: [TRANSFER_LOG, DEAL_SETTLED] },
  );

  await networkHelpers.time.increaseTo(rebateMoment);
  await measure(
    {
      id: "deals.pay-rebate",
      what: "anyone submits; the customer is paid",
      budget: 55_000,
      peer: { gas: 69_915, whose: "an escrow's capture" },
    },
    relayer,
    dealActions.payRebate(contract, { deal: direct.deal }),
    { coldAccounts: 1, updates: 3, logs: [TRANSFER_LOG, REBATE_PAID] },
  );
  return operations;
}

import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Eip1193Provider, id, type JsonRpcProvider, type JsonRpcSigner, Wallet } from "ethers";

import {
  type DocumentCodec,
  type FrostGroup,
  type FrostIdentity,
  type FrostMember,
  type FrostShare,
  type Offer,
  type Sale,
  saleIdOf,
  schema,
} from "../../../sdk/src/index.js";
import { StandardToken__factory } from "../../../typechain-types/index.js";
import { generateShares, makeParties } from "../frostParties.js";
import { deploySuite } from "../suite.js";

/** What an `@example` may use without declaring it, besides `assert` of node:assert/strict. */
export type ExampleScope = {
  /** A provider of a chain that holds the suite. */
  readonly provider: JsonRpcProvider;
  /** An account of that chain with money and 1,000,000 of the token. */
  readonly signer: JsonRpcSigner;
  /** A key without money. */
  readonly wallet: Wallet;
  /** Three accounts with money and 1,000,000 of the token each. */
  readonly parties: {
    readonly merchant: JsonRpcSigner;
    readonly customer: JsonRpcSigner;
    readonly buyer: JsonRpcSigner;
  };
  /** What a browser's wallet puts into the page: EIP-1193. */
  readonly ethereum: Eip1193Provider;
  /** The address of the suite's Directory. */
  readonly directory: string;
  /** The address of an ERC-20 token with permits. */
  readonly token: string;
  /** The address of some contract of the suite. */
  readonly contract: string;
  /** A sale between two of the parties. */
  readonly sale: Sale;
  /** An offer on that sale: a tenth off, and a rebate that the price can bear. */
  readonly offer: Offer;
  /** An empty folder. */
  readonly folder: string;
  /** A 2-of-3 FROST group: its parties, and their shares in the same order. */
  readonly frost: {
    readonly parties: readonly { readonly identity: FrostIdentity; readonly member: FrostMember }[];
    readonly shares: readonly FrostShare[];
    readonly group: FrostGroup;
  };
  /** A codec of a small document: one field `words` of up to 32 bytes. */
  readonly codec: DocumentCodec<"Greeting", { readonly words: string }, { readonly signature: string }>;
};

/** Deploys the suite and makes the scope of all examples. */
export async function makeScope(provider: JsonRpcProvider): Promise<ExampleScope> {
  const [signer, merchant, customer, buyer] = await Promise.all([0, 1, 2, 3].map(async (i) => provider.getSigner(i)));
  assert(signer !== undefined && merchant !== undefined && customer !== undefined && buyer !== undefined);
  const addresses = await deploySuite(signer);
  const token = await new StandardToken__factory(signer).deploy();
  await token.waitForDeployment();
  for (const { address } of [signer, merchant, customer, buyer]) await (await token.mint(address, 1_000_000n)).wait();
  const frostParties = makeParties(3);
  const shares = await generateShares(frostParties, 2);
  const group = shares[0]!.group;
  const sale: Sale = {
    merchant: merchant.address,
    customer: customer.address,
    token: await token.getAddress(),
    amount: 10_000n,
    itemHash: id("an item"),
    refundableUntil: 0,
    salt: id("a sale"),
  };
  const offer: Offer = {
    saleId: saleIdOf(sale),
    merchant: sale.merchant,
    customer: sale.customer,
    token: sale.token,
    saleAmount: sale.amount,
    policy: "PERCENT_OFF",
    discount: 1_000n,
    free: false,
    rebateMoment: 1_900_000_000,
    rebate: 500n,
    rebateRule: "DEAL_REQUIRED",
    maxUses: 1,
    counter: 0,
    salt: id("an offer"),
  };
  return {
    sale,
    offer,
    provider,
    ethereum: {
      request: async ({ method, params }) => {
        const answer: unknown = await provider.send(method, (params ?? []) as unknown[]);
        return answer;
      },
    },
    signer,
    wallet: new Wallet(id("the wallet of the examples")),
    parties: { merchant, customer, buyer },
    directory: addresses.Directory,
    token: await token.getAddress(),
    contract: addresses.ReferralDeals,
    folder: await mkdtemp(join(tmpdir(), "guildhall-example-")),
    frost: { parties: frostParties, shares, group },
    codec: {
      type: "Greeting",
      body: schema.object({ words: schema.bytes({ max: 32 }) }),
      entry: schema.object({ signature: schema.bytes({ max: 65 }) }),
      maxSignatures: 1,
      claims: () => [],
    },
  };
}

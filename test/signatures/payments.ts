import { anyValue } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { type BaseContract, id, MaxUint256 } from "ethers";

import { paymentTypedData } from "../../sdk/src/deals/payments/paymentTypedData.js";
import type { Connection, World } from "../helpers/deals.js";
import { FUNDS, idOf, Method, paySale, PERMIT2_ADDRESS, Q1, recordSale, saleOf } from "../helpers/deals.js";
import { worldAt } from "./deals.js";
import type { Slot, Typed } from "./Slot.js";

type Row = {
  readonly type: string;
  readonly method: "PERMIT" | "AUTHORIZATION" | "PERMIT2";
  readonly token: "StandardToken" | "AuthorizationToken";
  /** Puts in place what the method needs; gives the contract that checks the signature. */
  readonly prepare?: (world: World, chain: Connection) => Promise<BaseContract>;
  readonly refusal: (world: World) => readonly [error: string, args: readonly unknown[]];
};

const ROWS: readonly Row[] = [
  {
    type: "Permit",
    method: "PERMIT",
    token: "StandardToken",
    // A permit that fails may have been brought before, so what decides is that there is no allowance.
    refusal: (world) => ["ERC20InsufficientAllowance", [world.dealsAddress, 0n, Q1]],
  },
  {
    type: "ReceiveWithAuthorization",
    method: "AUTHORIZATION",
    token: "AuthorizationToken",
    refusal: (world) => ["AuthorizationTokenWrongSigner", [world.customer.address, anyValue]],
  },
  {
    type: "PermitTransferFrom",
    method: "PERMIT2",
    token: "StandardToken",
    prepare: async (world, { ethers, networkHelpers }) => {
      const permit2 = await ethers.deployContract("Permit2");
      await networkHelpers.setCode(PERMIT2_ADDRESS, (await permit2.getDeployedCode())!);
      await world.token.connect(world.customer.runner).approve(PERMIT2_ADDRESS, MaxUint256);
      return permit2;
    },
    refusal: () => ["InvalidSigner", []],
  },
];

/** The world with a token that the contract has no allowance of. */
async function withToken(world: World, { ethers }: Connection, name: Row["token"]): Promise<World> {
  const token = (await ethers.deployContract(name)) as unknown as World["token"];
  await token.mint(world.customer.address, FUNDS);
  const changed = { ...world, token, tokenAddress: await token.getAddress() };
  await recordSale(changed, saleOf(changed));
  return changed;
}

/** What a customer signs to pay a sale, which the token or Permit2 checks and not the suite. */
export const PAYMENT_SLOTS: readonly Slot[] = ROWS.map((row): Slot => ({
  type: row.type,
  name: `the customer's ${row.type} in paySale`,
  lengths: [65, 64],
  hears: { key: false, code: false },
  places: ["on another chain", "in another contract"],
  at: async (place) => {
    const { world: bare, chain } = await worldAt(place);
    const world = await withToken(bare, chain, row.token);
    const checks = (await row.prepare?.(world, chain)) ?? world.token;
    const sale = saleOf(world, { salt: id("a new sale") });
    const deadline = world.moment;
    const account = world.customer.address;
    const typed = paymentTypedData(
      { chainId: BigInt(world.domain.chainId!), contract: world.dealsAddress },
      {
        token: world.tokenAddress,
        account,
        amount: Q1,
        documentId: idOf("Sale", sale),
      },
      { method: row.method, deadline },
      { domain: await domainOf(world) },
    );
    return {
      chain,
      typed,
      account,
      sign: world.customer.sign,
      key: world.customer.sign,
      others: (["merchant", "buyer", "stranger"] as const).map((role) => ({
        name: `the ${role}`,
        offers: (asked: string) => [world[role].sign(asked)],
      })),
      present: async (signature) =>
        paySale(world, sale, { payment: { method: Method[row.method], deadline, signature } }),
      contract: checks,
      refusal: () => row.refusal(world),
    };
  },
}));

async function domainOf({ token }: World): Promise<Typed["domain"]> {
  const { name, version, chainId, verifyingContract } = await token.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

import { Contract, type Provider, zeroPadValue } from "ethers";

import { withDecodedErrors } from "../../core/errors/withDecodedErrors.js";
import { verifySignature } from "../../core/signatures/verifySignature.js";
import type { DealsPlace } from "../documents/dealsDomain.js";
import type { Address, Hex } from "../documents/Hex.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import type { DealEvent, DealEventName } from "../logs/dealEvents.js";
import { dealsInterface } from "../logs/parseDealLog.js";
import { readDealLogs } from "../logs/readDealLogs.js";
import { memberOf } from "../state/memberOf.js";
import { dealStates, fundings, saleStates } from "../state/states.js";
import type { DealsReader } from "./DealsReader.js";
import { readTokenFacts } from "./readTokenFacts.js";
import { bindContract } from "../../core/abi/bindContract.js";
import { referralDealsAbi } from "../../generated/abis.js";

/** Where to read. */
export type ChainDealsReaderParameters = DealsPlace & {
  readonly provider: Provider;
  /** The first block of the deployment; 0 by default. */
  readonly fromBlock?: number;
};

const erc20 = [
  "function balanceOf(address) view returns (uint256)",
  "function allowance(address, address) view returns (uint256)",
] as const;

function topicOf(name: DealEventName): string {
  const fragment = dealsInterface.getEvent(name);
  return fragment?.topicHash ?? "0x";
}

/**
 * Reads what sessions need from a node.
 *
 * @example
 * import { chainDealsReader, Guildhall } from "@guildhall/sdk";
 * const { context } = await Guildhall.connect(provider, { directory });
 * const reader = chainDealsReader({ provider, chainId: context.chainId, contract: context.addresses.ReferralDeals });
 * assert.equal(await reader.counterOf("0x00000000000000000000000000000000000000AA"), 0);
 */
export function chainDealsReader({
  provider,
  chainId,
  contract,
  fromBlock = 0,
}: ChainDealsReaderParameters): DealsReader {
  const deals = bindContract(referralDealsAbi, contract, provider);
  const read = <T>(run: () => Promise<T>) => withDecodedErrors(run, contract);
  const logs = (...topics: readonly (string | readonly string[] | null)[]) =>
    readDealLogs({ provider, contract, fromBlock, topics });
  const account = (address: Address) => zeroPadValue(address, 32);

  return {
    chainId,
    contract,
    verify: (claim) => verifySignature({ ...claim, provider }),

    async saleOf(saleId) {
      const [number, events] = await Promise.all([
        read(() => deals.saleStateOf(saleId)),
        logs(topicOf("SaleRecorded"), saleId),
      ]);
      const state = memberOf(saleStates, number);
      const recorded = events.find((event): event is DealEvent<"SaleRecorded"> => event.name === "SaleRecorded");
      if (state === "NONE" || recorded === undefined) return undefined;
      const { merchant, customer, token, amount, refundableUntil } = recorded.args;
      return { saleId, state, merchant, customer, token, amount, refundableUntil };
    },

    async offerStatusOf(offerId) {
      const { uses, bonded, opened, cancelled } = await read(() => deals.offerStatusOf(offerId));
      return { uses: Number(uses), bonded: Number(bonded), opened, cancelled };
    },

    async referralStatusOf(referralId) {
      const { state, promised, funding, closed } = await read(() => deals.referralStatusOf(referralId));
      return { state: memberOf(dealStates, state), promised, funding: memberOf(fundings, funding), closed };
    },

    async counterOf(merchant) {
      return Number(await read(() => deals.counterOf(merchant)));
    },

    async usesOf(offer) {
      const offerId = offerIdOf(offer);
      const [entered, promised] = await Promise.all([
        logs([topicOf("DealSettled"), topicOf("DealLodged")], null, account(offer.merchant)),
        logs(topicOf("PromiseLodged"), null, account(offer.customer)),
      ]);
      const taken = [...entered, ...promised].flatMap((event): Hex[] => {
        if (event.name === "DealSettled" || event.name === "DealLodged") {
          return event.args.offerId === offerId ? [event.args.referralId] : [];
        }
        // A promise alone takes no use; one that is funded from the bond does, or stands on a deal that did.
        const funded = event.name === "PromiseLodged" && event.args.funding === "BOND";
        return funded && event.args.offerId === offerId ? [event.args.referralId] : [];
      });
      return [...new Set(taken)];
    },

    async dealUnder(referralId) {
      const events = await logs([topicOf("DealSettled"), topicOf("DealLodged")], referralId);
      const entered = events.find((event) => event.name === "DealSettled" || event.name === "DealLodged");
      return entered === undefined || !("dealId" in entered.args) ? undefined : entered.args.dealId;
    },

    async fundsOf(token, owner) {
      const tokenContract = new Contract(token, erc20, provider);
      const [balance, allowance] = await Promise.all([
        withDecodedErrors(
          async () => (await tokenContract.getFunction("balanceOf").staticCall(owner)) as bigint,
          token,
        ),
        withDecodedErrors(
          async () => (await tokenContract.getFunction("allowance").staticCall(owner, contract)) as bigint,
          token,
        ),
      ]);
      return { balance, allowance };
    },

    tokenFactsOf: (token, owner) => readTokenFacts(provider, token, owner),
  };
}

import { Contract, type Provider, zeroPadValue } from "ethers";

import { readContract } from "../../core/reads/readContract.js";
import { unexpectedAnswer } from "../../core/reads/unexpectedAnswer.js";
import { verifySignature } from "../../core/signatures/verifySignature.js";
import type { DealsPlace } from "../documents/dealsDomain.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import type { DealEvent, DealEventName } from "../logs/dealEvents.js";
import { dealsInterface } from "../logs/parseDealLog.js";
import { readDealLogs } from "../logs/readDealLogs.js";
import { memberOf } from "../../core/abi/memberOf.js";
import { dealStates, fundings, type OfferStatus, type ReferralStatus, saleStates } from "../state/states.js";
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
  const place = { provider, chainId };
  const logs = async (...topics: readonly (string | readonly string[] | null)[]) =>
    (await readDealLogs({ provider, contract, fromBlock, topics })).events;
  const account = (address: Address) => zeroPadValue(address, 32);
  const saleStateOf = async (saleId: Hex) =>
    memberOf(saleStates, await readContract(place, contract, deals.saleStateOf, saleId));
  const offerStatusOf = async (offerId: Hex): Promise<OfferStatus> => {
    const { uses, bonded, opened, cancelled } = await readContract(place, contract, deals.offerStatusOf, offerId);
    return { uses: Number(uses), bonded: Number(bonded), opened, cancelled };
  };
  const referralStatusOf = async (referralId: Hex): Promise<ReferralStatus> => {
    const view = deals.referralStatusOf;
    const { state, promised, funding, closed } = await readContract(place, contract, view, referralId);
    return { state: memberOf(dealStates, state), promised, funding: memberOf(fundings, funding), closed };
  };

  return {
    chainId,
    contract,
    verify: (claim) => verifySignature({ ...claim, provider }),
    offerStatusOf,
    referralStatusOf,

    async saleOf(saleId) {
      // The state after the events: a sale that is recorded in between is in the state alone, and is read again.
      const [recorded, state] = await agreeing(
        "sale",
        saleId,
        async () => {
          const events = await logs(topicOf("SaleRecorded"), saleId);
          const found = events.find((event): event is DealEvent<"SaleRecorded"> => event.name === "SaleRecorded");
          return [found, await saleStateOf(saleId)] as const;
        },
        ([event, answered]) => (event === undefined) === (answered === "NONE"),
      );
      if (recorded === undefined) return undefined;
      const { merchant, customer, token, amount, refundableUntil } = recorded.args;
      return { saleId, state, merchant, customer, token, amount, refundableUntil };
    },

    async counterOf(merchant) {
      return Number(await readContract(place, contract, deals.counterOf, merchant));
    },

    async usesOf(offer) {
      const offerId = offerIdOf(offer);
      const [taken] = await agreeing(
        "offer",
        offerId,
        async () => {
          const [entered, promised] = await Promise.all([
            logs([topicOf("DealSettled"), topicOf("DealLodged")], null, account(offer.merchant)),
            logs(topicOf("PromiseLodged"), null, account(offer.customer)),
          ]);
          const { uses } = await offerStatusOf(offerId);
          return [takenBy(offerId, [...entered, ...promised]), uses] as const;
        },
        ([referrals, uses]) => referrals.length >= uses,
      );
      return taken;
    },

    async dealUnder(referralId) {
      const [entered] = await agreeing(
        "referral",
        referralId,
        async () => {
          const events = await logs([topicOf("DealSettled"), topicOf("DealLodged")], referralId);
          const found = events.find((event) => event.name === "DealSettled" || event.name === "DealLodged");
          return [found, (await referralStatusOf(referralId)).state] as const;
        },
        ([event, state]) => (event === undefined) === (state === "NONE"),
      );
      return entered === undefined || !("dealId" in entered.args) ? undefined : entered.args.dealId;
    },

    async fundsOf(token, owner) {
      const tokenContract = new Contract(token, erc20, provider);
      const ask = async (name: string, ...args: readonly string[]) =>
        (await readContract(place, token, tokenContract.getFunction(name), ...args)) as bigint;
      const [balance, allowance] = await Promise.all([ask("balanceOf", owner), ask("allowance", owner, contract)]);
      return { balance, allowance };
    },

    tokenFactsOf: (token, owner) => readTokenFacts(provider, token, owner),
  };
}

/** The referrals that took a use of the offer. */
function takenBy(offerId: Hex, events: readonly DealEvent[]): readonly Hex[] {
  const taken = events.flatMap((event): Hex[] => {
    if (event.name === "DealSettled" || event.name === "DealLodged") {
      return event.args.offerId === offerId ? [event.args.referralId] : [];
    }
    // A promise alone takes no use; one that is funded from the bond does, or stands on a deal that did.
    const funded = event.name === "PromiseLodged" && event.args.funding === "BOND";
    return funded && event.args.offerId === offerId ? [event.args.referralId] : [];
  });
  return [...new Set(taken)];
}

/**
 * Reads events and state, and lets the one tell whether the other is complete. What disagrees is read a second time: the
 * chain may have moved on between the two.
 */
async function agreeing<T>(what: string, id: Hex, read: () => Promise<T>, agree: (answer: T) => boolean): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await read();
    if (agree(answer)) return answer;
    if (attempt === 2) throw unexpectedAnswer(`The events and the state of the ${what} ${id} disagree.`, { what, id });
  }
}

import { coins } from "../coins.js";
import { dealPlans, MERCHANT } from "../deals/dealPlans.js";
import type { ExpectedStep, Story } from "./Story.js";

/** What each story must show, and how it must end; written down apart from the parties, who do not read it. */
type Ending = Omit<Story, "id" | "title">;

const merchant = MERCHANT;

/** Up to the deal that customer and buyer have signed, on a sale that was paid elsewhere. */
function untilSigned(customer: string, buyer: string, opened: readonly ExpectedStep[] = []): readonly ExpectedStep[] {
  return [
    { actor: merchant, step: "drafts the sale from the order, and signs it" },
    { actor: customer, step: "endorses the sale" },
    { actor: merchant, step: "records the sale, paid elsewhere", onChain: true },
    { actor: merchant, step: "drafts offer and rebate promise, and signs both" },
    ...opened,
    ...fromOffer(customer, buyer),
  ];
}

function fromOffer(customer: string, buyer: string): readonly ExpectedStep[] {
  return [
    { actor: customer, step: "endorses the offer for the buyer it brings" },
    { actor: buyer, step: "accepts the offer" },
    { actor: buyer, step: "endorses the rebate promise" },
    { actor: buyer, step: "drafts the new deal at the offer's price" },
    { actor: customer, step: "signs the new deal" },
    { actor: customer, step: "endorses the rebate promise, as the last of the three" },
    { actor: buyer, step: "signs the new deal, and a permit for its price" },
  ];
}

const endings: Readonly<Record<string, Ending>> = {
  // Sale 84.70, 10 % off: price 76.23; rebate 5.
  happy: {
    steps: [
      { actor: merchant, step: "drafts the sale from the order, and signs it" },
      { actor: "customer-1", step: "endorses the sale" },
      { actor: "customer-1", step: "pays the sale through the contract, by a permit", onChain: true },
      { actor: merchant, step: "drafts offer and rebate promise, and signs both" },
      ...fromOffer("customer-1", "buyer-1"),
      { actor: merchant, step: "settles the deal", onChain: true },
      { actor: "customer-1", step: "lodges the rebate promise", onChain: true },
      { actor: "buyer-1", step: "triggers the rebate for the customer", onChain: true },
    ],
    given: { "customer-1": coins("84.70"), "buyer-1": coins("100.00") },
    changesAtMoment: { [merchant]: coins("155.93"), "customer-1": -coins("84.70"), "buyer-1": -coins("76.23") },
    changesAtEnd: { [merchant]: coins("155.93"), "customer-1": -coins("79.70"), "buyer-1": -coins("76.23") },
  },
  // Sale 249.00, fixed price 40; rebate 60, from the bond.
  silent: {
    steps: [
      ...untilSigned("customer-2", "buyer-2", [
        { actor: merchant, step: "lets ReferralDeals take the bond", onChain: true },
        { actor: merchant, step: "opens the offer with its bond", onChain: true },
      ]),
      { actor: "customer-2", step: "lodges the rebate promise", onChain: true },
      { actor: "buyer-2", step: "lodges the deal without the merchant, its price in escrow", onChain: true },
      { actor: "buyer-2", step: "takes its money back; the default is on record", onChain: true },
      { actor: "customer-2", step: "asks for the rebate out of the bond", onChain: true },
    ],
    given: { [merchant]: coins("60.00"), "customer-2": 0n, "buyer-2": coins("100.00") },
    changesAtMoment: { [merchant]: -coins("60.00"), "buyer-2": -coins("40.00") },
    changesAtEnd: { [merchant]: -coins("60.00"), "customer-2": coins("60.00") },
  },
  // Sale 308.00, 100 off: price 208; rebate 30, which returns.
  late: {
    steps: [
      ...untilSigned("customer-3", "buyer-3"),
      { actor: merchant, step: "settles the deal", onChain: true },
      { actor: "customer-3", step: "lodges the rebate promise after the moment", refusal: "DealsTooLate" },
      { actor: merchant, step: "takes the rebate back", onChain: true },
    ],
    given: { "customer-3": 0n, "buyer-3": coins("208.00") },
    changesAtMoment: { [merchant]: coins("178.00"), "buyer-3": -coins("208.00") },
    changesAtEnd: { [merchant]: coins("208.00"), "buyer-3": -coins("208.00") },
  },
  // Sale 119.97, 25 % off: price 89.9775, which is never paid.
  cancelled: {
    steps: [
      ...untilSigned("customer-4", "buyer-4"),
      { actor: merchant, step: "cancels the offer", onChain: true },
      {
        actor: "buyer-4",
        step: "lodges the deal although the offer is cancelled",
        refusal: "DealsOfferCancelled",
      },
    ],
    given: { "customer-4": 0n, "buyer-4": coins("100.00") },
    changesAtMoment: {},
    changesAtEnd: {},
  },
};

/** The merchant takes its orders from what its shop exported. */
export const ordersStory: Story = {
  id: "orders",
  title: "The merchant reads its shop's export",
  steps: [
    { actor: merchant, step: "reads the shop's export: 5 orders" },
    {
      actor: merchant,
      step: "leaves out order 2026-1044, line 87",
      detail: "total is 259000000000000000000 base units, and the items with shipping come to 529000000000000000000.",
    },
  ],
  given: {},
  changesAtMoment: {},
  changesAtEnd: {},
};

/** The stories of the deals that are planned. */
export const dealStories: readonly Story[] = dealPlans.flatMap(({ story, title }) => {
  const ending = endings[story];
  return ending === undefined ? [] : [{ id: story, title, ...ending }];
});

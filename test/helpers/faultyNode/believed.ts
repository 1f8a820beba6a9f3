const events = [
  "DealsClient.history",
  "DealsClient.history, of one id",
  "DealsClient.watch",
  "DealsClient.claims",
  "RewardsClient.history",
  "CertificatesClient.events",
  "CertificatesClient.watch",
];
const clocks = [
  "chainClock",
  "CertificatesClient.verify",
  "DealsClient.factsOf",
  "DealsClient.missingFor",
  "DealSession.nextStep",
  "DealSession.facts",
  "RewardsClient.presentCycle",
  "RewardsClient.missingForPublish",
];
const tokenFacts = ["DealsReader.tokenFactsOf", "readTokenFacts"];
const bitmaps = ["CertificatesClient.resultsOf"];
const funds = ["DealsReader.fundsOf", "DealsClient.booksOf"];

/**
 * What one node alone cannot be caught at, by fault, with the reads that then tell what the node told. `docs/sdk.md` says the
 * same in words.
 */
export const believed: Readonly<Record<string, readonly string[]>> = {
  // A log that is left out leaves no trace, unless the state of the same thing is read beside it.
  "no logs": [...events, "DealsClient.booksOf"],
  "all logs but the first": [...events, "DealsClient.booksOf"],
  "all logs but the last": [...events, "DealsClient.booksOf"],
  // What is read up to a block of long ago is the truth of long ago.
  "a block number of long ago": events,
  "a number": events.filter((name) => !name.endsWith(".watch")),
  // A token may hold, and tell, any number.
  "a call that answers all ones": [...funds, ...tokenFacts, ...bitmaps],
  "a call that answers another contract's words": [...funds, ...tokenFacts, ...bitmaps],
  // A token that lacks a function answers nothing, and a node that knows no pending block is asked for the latest.
  "a call that answers nothing": [...tokenFacts, ...clocks],
  "a call that answers a word less": [...tokenFacts, ...clocks],
  "an error without words": clocks,
};

import { expect } from "chai";

import { actionsOf } from "../../scripts/checks/campaigns/actionsOf.js";
import { findUnreached } from "../../scripts/checks/campaigns/findUnreached.js";

const HANDLER = "test/a/A.t.sol:AHandler";
const reach = (calls: number, reverts = 0, discards = 0) => ({ calls, reverts, discards });
const campaign = (metrics: Record<string, ReturnType<typeof reach>>) => [
  { name: "test/a/A.t.sol:A.invariant", metrics },
];
const seed = [{ name: "seed" }];

describe("campaigns", () => {
  describe("actionsOf", () => {
    it("takes the functions that change state and have a seed first", () => {
      const entry = { type: "function", stateMutability: "nonpayable" };
      expect(
        actionsOf([
          { ...entry, name: "pay", inputs: seed },
          { ...entry, name: "settle", inputs: [] },
          { ...entry, name: "warp", inputs: [{ name: "time" }] },
          { ...entry, name: "read", stateMutability: "view", inputs: seed },
          { type: "event", name: "Paid", inputs: seed },
        ]),
      ).to.deep.equal(["pay"]);
    });
  });

  describe("findUnreached", () => {
    const actions = { [HANDLER]: ["pay", "claim"] };

    it("finds nothing where each action succeeded", () => {
      const campaigns = campaign({ [`${HANDLER}.pay`]: reach(9, 8), [`${HANDLER}.claim`]: reach(1) });
      expect(findUnreached(campaigns, actions, true)).to.deep.equal([]);
    });

    it("finds an action that was never called", () => {
      expect(findUnreached(campaign({ [`${HANDLER}.pay`]: reach(9) }), actions, true)).to.deep.equal([
        `test/a/A.t.sol:A.invariant: never reached ${HANDLER}.claim with success`,
      ]);
    });

    it("finds an action that only ever reverted or was discarded", () => {
      const campaigns = campaign({ [`${HANDLER}.pay`]: reach(9, 9), [`${HANDLER}.claim`]: reach(9, 4, 5) });
      expect(findUnreached(campaigns, actions, true)).to.have.lengthOf(2);
    });

    it("finds a campaign that calls no handler", () => {
      expect(findUnreached(campaign({}), actions, false)).to.deep.equal([
        "test/a/A.t.sol:A.invariant: calls no action of a handler",
      ]);
    });

    it("finds a handler that no campaign calls, once all ran", () => {
      expect(findUnreached([], actions, false)).to.deep.equal([]);
      expect(findUnreached([], actions, true)).to.deep.equal([`${HANDLER}: no campaign calls it`]);
    });

    it("finds a handler without actions", () => {
      expect(findUnreached([], { [HANDLER]: [] }, false)).to.have.lengthOf(1);
    });
  });
});

import { expect } from "chai";

import { decodeRevert, isRevert, RpcError } from "../../sdk/src/index.js";
import { findRevertData } from "../../sdk/src/core/errors/findRevertData.js";
import { toGuildhallError } from "../../sdk/src/core/errors/toGuildhallError.js";

/** The bytes of an error without arguments: a selector and no more. */
const SELECTOR = "0x3ee5aeb5";

describe("findRevertData", () => {
  it("finds a selector alone, with the words that some clients put before it", () => {
    expect(findRevertData({ data: SELECTOR })).to.equal(SELECTOR);
    expect(findRevertData({ data: `Reverted ${SELECTOR}` })).to.equal(SELECTOR);
  });

  it("finds the first bytes that hold an error, past empty ones", () => {
    expect(findRevertData({ data: "0x", error: { data: "0x3ee5", info: { data: SELECTOR } } })).to.equal(SELECTOR);
  });

  it("tells a revert without bytes from none", () => {
    for (const data of ["0x", "0x3ee5ae", "Reverted 0x"]) {
      expect(findRevertData({ cause: { data } }), data).to.equal("0x");
    }
    const none = [
      undefined,
      null,
      SELECTOR,
      {},
      { data: 5 },
      { data: null },
      { data: [SELECTOR] },
      { error: SELECTOR },
      { other: { data: SELECTOR } },
    ];
    for (const error of none) expect(findRevertData(error)).to.equal(undefined);
  });

  it("takes no text for bytes that has something around them", () => {
    for (const data of [`a${SELECTOR}`, `${SELECTOR}z`, `${SELECTOR}0`, `not Reverted ${SELECTOR}`]) {
      expect(findRevertData({ data }), data).to.equal(undefined);
    }
  });

  it("looks six levels deep", () => {
    const within = (levels: number): unknown => (levels === 0 ? { data: SELECTOR } : { cause: within(levels - 1) });
    expect([5, 6].map((levels) => findRevertData(within(levels)))).to.deep.equal([SELECTOR, undefined]);
  });
});

describe("decodeRevert", () => {
  it("reads a selector in capitals", () => {
    expect(decodeRevert({ data: "0x3EE5AEB5" }).name).to.equal("ReentrancyGuardReentrantCall");
  });

  it("gives what it could not read, and nothing where that is no whole bytes", () => {
    for (const [data, bytes] of [
      ["0x12345678", "0x12345678"],
      [`${SELECTOR}0`, "0x"],
      ["reverted", "0x"],
    ] as const) {
      expect(decodeRevert({ data })).to.deep.include({ name: "Unknown", data: bytes, args: { data: bytes } });
    }
  });

  describe("in words", () => {
    const CONTRACT = `0x${"12".repeat(20)}`;
    const long = `0x${"ab".repeat(50)}`;
    const words: readonly (readonly [name: string, parameters: Parameters<typeof decodeRevert>[0], what: string])[] = [
      ["names the contract", { data: SELECTOR, contract: CONTRACT }, `The contract ${CONTRACT} reverted with`],
      ["knows of no contract", { data: SELECTOR }, "The contract reverted with ReentrancyGuardReentrantCall()."],
      ["says that there is no reason", { data: "0x" }, "The contract reverted without a reason."],
      [
        "shows bytes that fit nothing",
        { data: "0x12345678" },
        "The contract reverted with bytes that fit no known error: 0x12345678.",
      ],
      [
        "shows the first 36 bytes of many",
        { data: long },
        `The contract reverted with bytes that fit no known error: ${long.slice(0, 74)}.`,
      ],
    ];
    for (const [name, parameters, what] of words) {
      it(name, () => {
        expect(decodeRevert(parameters).what.slice(0, what.length)).to.equal(what);
      });
    }
  });
});

describe("toGuildhallError", () => {
  const failure = (fields: object, message = "it failed"): Error => Object.assign(new TypeError(message), fields);
  const called = (answer: unknown, fields: object = {}): Error =>
    failure({ code: "CALL_EXCEPTION", info: { error: answer }, ...fields });

  const reverts: Readonly<Record<string, Error>> = {
    "an answer of the code 3": called({ code: 3, message: "no" }),
    "an answer that speaks of one": called({ code: -32000, message: "VM Exception" }),
    "bytes, whatever the words": called({ code: -32000, message: "no", data: SELECTOR }),
    "no answer of the node": called(null),
    "no answer at all": failure({ code: "CALL_EXCEPTION" }),
    "a number and words": failure({ code: -32000 }, "execution REVERTED"),
  };
  for (const [name, error] of Object.entries(reverts)) {
    it(`takes ${name} for a revert`, () => {
      expect(isRevert(toGuildhallError(error))).to.equal(true);
    });
  }

  it("names no contract where the transaction has none", () => {
    for (const transaction of [undefined, null, {}, { to: null }, { to: 5 }]) {
      expect(toGuildhallError(failure({ code: "CALL_EXCEPTION", transaction }))).to.have.property(
        "contract",
        undefined,
      );
    }
  });

  const requests: readonly (readonly [name: string, error: Error, code: string, said: string])[] = [
    [
      "a state that is gone",
      called({ code: -32000, message: "missing trie node" }),
      "RPC_REFUSED",
      "missing trie node",
    ],
    ["an answer without words", called({ code: -32000 }), "RPC_REFUSED", "it failed"],
    ["words that are no text", called({ code: -32000, message: 5 }), "RPC_REFUSED", ""],
    ["words of a revert that are no text", called({ code: -32000, message: ["revert"] }), "RPC_REFUSED", ""],
    [
      "a user's no that ethers passed on",
      failure({ code: "UNKNOWN_ERROR", error: { code: 4001 } }),
      "USER_REJECTED",
      "it failed",
    ],
    [
      "a body that cannot be read",
      failure({ code: "UNSUPPORTED_OPERATION", operation: "bodyJson" }),
      "RPC_UNEXPECTED_ANSWER",
      "it failed",
    ],
    [
      "another operation",
      failure({ code: "UNSUPPORTED_OPERATION", operation: "somebody" }),
      "RPC_REFUSED",
      "it failed",
    ],
    ["an operation without a name", failure({ code: "UNSUPPORTED_OPERATION" }), "RPC_REFUSED", "it failed"],
    ["a broken socket", failure({ code: "UND_ERR_SOCKET" }), "RPC_UNAVAILABLE", "it failed"],
    [
      "a browser without a network",
      failure({}, "NetworkError when attempting"),
      "RPC_UNAVAILABLE",
      "NetworkError when attempting",
    ],
    ["ethers' short words", failure({ code: "TIMEOUT", shortMessage: "short" }), "RPC_UNAVAILABLE", "short"],
  ];
  for (const [name, error, code, said] of requests) {
    it(`names ${name}`, () => {
      const named = toGuildhallError(error);
      expect(named).to.be.instanceOf(RpcError);
      expect(named).to.deep.include({ code, args: { said }, cause: error });
    });
  }

  it("puts the node's words into its own, where there are any", () => {
    const whatOf = (message: unknown) => toGuildhallError(called({ code: -32000, message }));
    expect(whatOf("missing")).to.have.property("what", "The node or the wallet refused the request (missing).");
    expect(whatOf(5)).to.have.property("what", "The node or the wallet refused the request.");
  });

  const others: Readonly<Record<string, unknown>> = {
    nothing: null,
    "what was never set": undefined,
    "a code that goes on after one": failure({ code: "ECONNREFUSED-2" }),
    "a socket's code that is no text": failure({ code: ["ECONNREFUSED"] }),
    "a code that is no text": failure({ code: ["NETWORK_ERROR"] }),
    "a mistake that speaks of fetch in no text": Object.assign(new TypeError(), { message: ["fetch"] }),
    "a node's answer that is no call's": failure({
      code: "INVALID_ARGUMENT",
      info: { error: { code: -32000, message: "no" } },
    }),
    "a code of letters and digits": failure({ code: "E2BIG" }),
    "a code that only ends as one": failure({ code: "AN_ECONNREFUSED" }),
    "a name that every object has": failure({ code: "toString" }),
    "words of a revert that are no node's": failure({ code: "INVALID_ARGUMENT" }, "execution reverted"),
    "words of money that are no node's": failure({ code: "INVALID_ARGUMENT" }, "not enough funds"),
    "a body of something else": failure({ code: "INVALID_ARGUMENT", operation: "bodyJson" }),
    "a mistake with a number that speaks of fetch": failure({ code: 7 }, "fetch"),
    "an error of another kind that speaks of fetch": new RangeError("fetch"),
    "a mistake that speaks of nothing": new TypeError("mine"),
    "a mistake without words": Object.assign(new TypeError(), { message: 5 }),
  };
  for (const [name, error] of Object.entries(others)) {
    it(`gives back ${name}`, () => {
      expect(toGuildhallError(error)).to.equal(error);
    });
  }
});

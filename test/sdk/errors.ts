import { expect } from "chai";
import { AbiCoder, encodeBytes32String, id, Interface } from "ethers";
import fc from "fast-check";

import type { GuildhallError } from "../../sdk/src/index.js";
import {
  committeeRegistryAbi,
  ContractRevertError,
  decodeRevert,
  directoryAbi,
  errorAdvice,
  isRevert,
  referralDealsAbi,
  standardErrorsAbi,
  suiteErrorsAbi,
  withDecodedErrors,
} from "../../sdk/src/index.js";

const errors = new Interface([...standardErrorsAbi, ...suiteErrorsAbi]);

/** A value of an ABI type. */
function valueOf(type: string): unknown {
  if (type.startsWith("uint")) return 1n;
  if (type === "address") return `0x${"aa".repeat(20)}`;
  if (type === "bool") return true;
  if (type === "string") return "text";
  if (type === "bytes") return "0x1234";
  return `0x${"12".repeat(Number(type.slice("bytes".length)))}`;
}

async function rejectWith(reason: Error): Promise<never> {
  return Promise.reject(reason);
}

async function caught(run: () => Promise<unknown>): Promise<unknown> {
  return withDecodedErrors(run).catch((error: unknown) => error);
}

describe("errorAdvice", () => {
  const declared = [...standardErrorsAbi, ...suiteErrorsAbi].map(({ name }) => name);

  for (const name of declared) {
    it(`says what to do about ${name}`, () => {
      expect(errorAdvice[name], name).to.match(/^[A-Z`].{10,}[^.]\.$/);
    });
  }

  it("has no entry for an error that is not there", () => {
    expect(Object.keys(errorAdvice).filter((name) => !(declared as string[]).includes(name))).to.deep.equal([]);
  });

  it("covers each error of each interface", () => {
    for (const abi of [committeeRegistryAbi, directoryAbi, referralDealsAbi]) {
      const names = abi.filter(({ type }) => type === "error").map((item) => ("name" in item ? item.name : ""));
      expect(names.length).to.be.greaterThan(2);
      expect(Object.keys(errorAdvice)).to.include.members(names);
    }
  });
});

describe("decodeRevert", () => {
  for (const { name, inputs } of [...standardErrorsAbi, ...suiteErrorsAbi]) {
    it(`reads ${name} with its arguments`, () => {
      const fragment = errors.getError(name);
      if (fragment === null) expect.fail(`no ${name}`);
      const values = inputs.map(({ type }) => valueOf(type));
      const contract = `0x${"33".repeat(20)}`;
      const error = decodeRevert({ data: errors.encodeErrorResult(fragment, values), contract });
      expect(error.name).to.equal(name);
      expect(error.code).to.equal("CONTRACT_REVERT");
      expect(error.contract).to.equal(contract);
      expect(Object.keys(error.args)).to.deep.equal(inputs.map((input) => input.name));
      const normal = (value: unknown) => (typeof value === "string" ? value.toLowerCase() : value);
      expect(Object.values(error.args).map(normal)).to.deep.equal(values.map(normal));
      expect(error.message).to.include(name).and.to.include(contract);
      expect(error.message.endsWith(errorAdvice[name] ?? "no advice")).to.equal(true);
    });
  }

  it("shows names stored as bytes32 in letters", () => {
    const data = errors.encodeErrorResult("DirectoryUnknownName", [encodeBytes32String("Nobody")]);
    expect(decodeRevert({ data }).message).to.include('name = "Nobody"');
  });

  it("names a panic's reason", () => {
    const data = errors.encodeErrorResult("Panic", [0x11]);
    expect(decodeRevert({ data }).message).to.include("Panic(0x11: an arithmetic operation left its range)");
    expect(decodeRevert({ data: errors.encodeErrorResult("Panic", [0x99]) }).message).to.include("no known reason");
  });

  const unknown = {
    "no bytes": "0x",
    "an unknown selector": id("Stranger()").slice(0, 10),
    "a selector cut short": "0x3ee5ae",
    "arguments cut short": errors.encodeErrorResult("DealsTooLate", [1, 2]).slice(0, -2),
    "no hex at all": "reverted",
  };
  for (const [name, data] of Object.entries(unknown)) {
    it(`answers Unknown to ${name}`, () => {
      const error = decodeRevert({ data });
      expect(error.name).to.equal("Unknown");
      expect(error.message).to.match(/without a reason|fit no known error/);
    });
  }

  it("answers something to whatever bytes", () => {
    const selectors = [...standardErrorsAbi, ...suiteErrorsAbi].map(
      ({ name }) => errors.getError(name)?.selector ?? "0x",
    );
    const bytes = fc
      .tuple(fc.constantFrom("0x", ...selectors), fc.uint8Array({ maxLength: 300 }))
      .map(([selector, tail]) => `${selector}${Buffer.from(tail).toString("hex")}`);
    fc.assert(
      fc.property(bytes, (data) => {
        const error = decodeRevert({ data });
        expect(error).to.be.instanceOf(ContractRevertError);
        expect(error.data).to.equal(data);
      }),
      { numRuns: 500 },
    );
  });
});

describe("withDecodedErrors", () => {
  const data = errors.encodeErrorResult("DealsTooEarly", [1_700_000_000n, 1_600_000_000n]);
  const contract = `0x${"44".repeat(20)}`;
  const failure = (fields: object) => Object.assign(new TypeError("execution reverted"), fields);

  // As ethers, Hardhat, anvil, geth, Nethermind and browser wallets hand them over.
  const shapes: Readonly<Record<string, object>> = {
    "ethers' data": failure({ code: "CALL_EXCEPTION", data }),
    "ethers' info": failure({ code: "CALL_EXCEPTION", data: null, info: { error: { code: 3, data } } }),
    "Hardhat's data object": failure({ code: "CALL_EXCEPTION", data: "0x", info: { error: { data: { data } } } }),
    "what ethers could not classify": failure({
      code: "UNKNOWN_ERROR",
      info: { error: { code: -32000, message: "execution reverted", data } },
    }),
    "a wallet's bare answer": failure({ code: -32603, data: { originalError: { code: 3, data } } }),
    "what ethers could not coalesce": failure({
      code: "UNKNOWN_ERROR",
      error: { code: -32000, message: "execution reverted", data },
    }),
    "a number for a code": failure({ code: 3, data }),
    "Nethermind's words": failure({ code: "CALL_EXCEPTION", info: { error: { data: `Reverted ${data}` } } }),
    "a cause": failure({ code: "CALL_EXCEPTION", cause: { error: { data } } }),
  };
  for (const [name, shape] of Object.entries(shapes)) {
    it(`finds the revert in ${name}`, async () => {
      const error = await caught(async () => rejectWith(shape as Error));
      if (!isRevert(error, "DealsTooEarly")) expect.fail(String(error));
      expect(error.args).to.deep.equal({ from: 1_700_000_000n, timestamp: 1_600_000_000n });
      expect(error.cause).to.equal(shape);
    });
  }

  it("takes the contract from the transaction where nobody named it", async () => {
    const shape = failure({ code: "CALL_EXCEPTION", data, transaction: { to: contract } });
    expect(await caught(async () => rejectWith(shape))).to.deep.include({ contract });
    const named = withDecodedErrors(async () => rejectWith(shape), `0x${"55".repeat(20)}`);
    expect(await named.catch((error: unknown) => error)).to.deep.include({ contract: `0x${"55".repeat(20)}` });
  });

  it("survives a circular error", async () => {
    const shape = failure({ code: "CALL_EXCEPTION" });
    Object.assign(shape, { cause: shape, info: { error: shape } });
    expect(await caught(async () => rejectWith(shape))).to.deep.include({ name: "Unknown" });
  });

  const transport: Readonly<Record<string, readonly [object, string]>> = {
    "an unreachable node": [failure({ code: "ECONNREFUSED" }), "RPC_UNAVAILABLE"],
    "a browser's failed fetch": [new TypeError("Failed to fetch"), "RPC_UNAVAILABLE"],
    "a server error": [failure({ code: "SERVER_ERROR" }), "RPC_UNAVAILABLE"],
    "a timeout": [failure({ code: "TIMEOUT" }), "RPC_UNAVAILABLE"],
    "an answer that decodes to nothing": [failure({ code: "BAD_DATA" }), "RPC_UNEXPECTED_ANSWER"],
    "a user who declines": [failure({ code: "ACTION_REJECTED" }), "USER_REJECTED"],
    "a wallet's 4001": [Object.assign(new TypeError("User denied"), { code: 4001 }), "USER_REJECTED"],
    "no money for gas": [failure({ code: "INSUFFICIENT_FUNDS" }), "INSUFFICIENT_FUNDS"],
    "a nonce that was used": [failure({ code: "NONCE_EXPIRED" }), "NONCE_USED"],
    "a fee too low to replace": [failure({ code: "REPLACEMENT_UNDERPRICED" }), "REPLACEMENT_UNDERPRICED"],
    "Hardhat's words for no money": [
      failure({ code: "UNKNOWN_ERROR", error: { code: -32000, message: "Sender doesn't have enough funds" } }),
      "INSUFFICIENT_FUNDS",
    ],
    "a node that refuses": [
      failure({ code: "UNKNOWN_ERROR", info: { error: { code: -32005, message: "rate limit" } } }),
      "RPC_REFUSED",
    ],
  };
  for (const [name, [shape, code]] of Object.entries(transport)) {
    it(`names ${name}`, async () => {
      const error = await caught(async () => rejectWith(shape as Error));
      expect(error).to.deep.include({ name: "RpcError", code });
      expect((error as GuildhallError).cause).to.equal(shape);
      expect((error as GuildhallError).message).to.match(/\. .+\.$/);
    });
  }

  it("passes on what is none of the node's doing, and errors that are decoded already", async () => {
    const mine = new TypeError("my own mistake, which reverted nothing");
    expect(await caught(async () => rejectWith(mine))).to.equal(mine);
    const argument = failure({ code: "INVALID_ARGUMENT" });
    expect(await caught(async () => rejectWith(argument))).to.equal(argument);
    const decoded = decodeRevert({ data });
    expect(await caught(async () => rejectWith(decoded))).to.equal(decoded);
    const text: unknown = "a string";
    expect(await caught(async () => rejectWith(text as Error))).to.equal(text);
  });

  it("gives the result of what succeeds", async () => {
    expect(await withDecodedErrors(async () => Promise.resolve(5))).to.equal(5);
  });
});

describe("isRevert", () => {
  it("tells reverts from other errors, and one revert from another", () => {
    const error = decodeRevert({ data: AbiCoder.defaultAbiCoder().encode(["uint256"], [1n]) });
    expect(isRevert(error)).to.equal(true);
    expect(isRevert(error, "Unknown")).to.equal(true);
    expect(isRevert(error, "DealsTooLate")).to.equal(false);
    expect(isRevert(new TypeError("x"))).to.equal(false);
    expect(isRevert(undefined)).to.equal(false);
  });
});

import { expect } from "chai";
import { getAddress, id, keccak256, toUtf8Bytes, Wallet } from "ethers";
import fc from "fast-check";

import { canonicalJson } from "../../sdk/src/core/documents/canonicalJson.js";
import { checksumOf } from "../../sdk/src/core/documents/checksumOf.js";
import type { Json, JsonObject } from "../../sdk/src/core/documents/Json.js";
import { MAX_DOCUMENT_DEPTH, MAX_DOCUMENT_LENGTH, parseJson } from "../../sdk/src/core/documents/parseJson.js";
import {
  createDocument,
  type DocumentCodec,
  type DocumentError,
  hashTyped,
  parseDocument,
  schema,
  serializeDocument,
  signTyped,
  type TypedData,
  verifyDocument,
} from "../../sdk/src/index.js";

const key = new Wallet(id("a signer of documents"));
const contract = getAddress(`0x${"c0".repeat(20)}`);

const body = schema.object({
  merchant: schema.address(),
  amount: schema.uint(128),
  until: schema.uint(40),
  salt: schema.bytes32(),
  free: schema.boolean(),
  policy: schema.choice(["FIXED_PRICE", "PERCENT_OFF"]),
  tags: schema.list(schema.uint(8), { max: 3 }),
  note: schema.optional(schema.bytes({ max: 4 })),
});
type Body = schema.Infer<typeof body>;

const entry = schema.object({
  role: schema.choice(["merchant", "customer"]),
  account: schema.address(),
  signature: schema.bytes({ min: 1, max: 1_024 }),
});
type Entry = schema.Infer<typeof entry>;

function typedOf(document: { readonly chainId: bigint; readonly contract: string; readonly body: Body }): TypedData {
  return {
    domain: { name: "Example", version: "1", chainId: document.chainId, verifyingContract: document.contract },
    types: {
      Order: [
        { name: "merchant", type: "address" },
        { name: "amount", type: "uint128" },
      ],
    },
    primaryType: "Order",
    message: { merchant: document.body.merchant, amount: document.body.amount },
  };
}

const orderCodec: DocumentCodec<"Order", Body, Entry> = {
  type: "Order",
  body,
  entry,
  maxSignatures: 2,
  claims: (document) => document.signatures.map((each) => ({ ...each, digest: hashTyped(typedOf(document)) })),
};
const otherCodec: DocumentCodec<"Other", { readonly x: bigint }, Entry> = {
  ...orderCodec,
  type: "Other",
  body: schema.object({ x: schema.uint(8) }),
  claims: () => [],
};

const sample: Body = {
  merchant: key.address,
  amount: 12_500_000n,
  until: 1_800_000_000n,
  salt: id("salt"),
  free: false,
  policy: "PERCENT_OFF",
  tags: [1n, 255n],
};
const document = createDocument(orderCodec, { chainId: 31337n, contract, body: sample });
const text = serializeDocument(orderCodec, document);

function faultOf(run: () => unknown): DocumentError {
  try {
    run();
  } catch (error) {
    return error as DocumentError;
  }
  return expect.fail("nothing was thrown");
}

/** The document with something changed, and its checksum made right again. */
function changed(change: (envelope: Record<string, Json>) => void): string {
  const envelope = JSON.parse(text) as Record<string, Json>;
  change(envelope);
  const plain = JSON.parse(JSON.stringify(envelope)) as Record<string, Json>;
  if ("checksum" in plain) plain["checksum"] = checksumOf(plain);
  return JSON.stringify(plain);
}

function changedBody(fields: Readonly<Record<string, Json | undefined>>): string {
  return changed((envelope) => {
    envelope["body"] = { ...(envelope["body"] as JsonObject), ...fields } as JsonObject;
  });
}

describe("parseJson", () => {
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (json) => {
        const expected: unknown = JSON.parse(json);
        let actual: Json;
        try {
          actual = parseJson(json);
        } catch (error) {
          // JSON.parse takes half characters; nobody can hash them.
          expect(json).to.match(/\\ud[89a-f]/i);
          expect((error as DocumentError).code).to.equal("DOCUMENT_NOT_JSON");
          return;
        }
        expect(plain(actual)).to.deep.equal(plain(expected));
      }),
      { numRuns: 1_000 },
    );
  });

  it("reads with any white space between", () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }),
        fc.constantFrom(0, 1, 3, "\t", " "),
        (value, space) => {
          expect(plain(parseJson(JSON.stringify(value, null, space)))).to.deep.equal(plain(value));
        },
      ),
    );
  });

  it("refuses what JSON.parse refuses, whatever it is", () => {
    const junk = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc
        .array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"', "a", "1", "-", ".", "e", "\\", "null", " ", "\n"), {
          maxLength: 14,
        })
        .map((parts) => parts.join("")),
      fc
        .tuple(fc.json(), fc.nat(60), fc.constantFrom("", "}", ",", '"', "\\", "0", "\u0000"))
        .map(([json, at, piece]) => json.slice(0, at) + piece + json.slice(at + 1)),
    );
    let both = 0;
    fc.assert(
      fc.property(junk, (source) => {
        let parses = true;
        try {
          JSON.parse(source);
        } catch {
          parses = false;
        }
        if (parses) return;
        both += 1;
        expect(["DOCUMENT_NOT_JSON", "DOCUMENT_DUPLICATE_KEY"]).to.include(faultOf(() => parseJson(source)).code);
      }),
      { numRuns: 3_000 },
    );
    expect(both).to.be.greaterThan(500);
  });

  it("refuses a key that stands twice, also in another spelling", () => {
    for (const [source, path] of [
      ['{"a":1,"a":1}', "$.a"],
      ['{"a":1,"\\u0061":2}', "$.a"],
      ['{"x":[{"b c":{},"b c":{}}]}', '$.x[0]["b c"]'],
      ['{"__proto__":1,"__proto__":2}', "$.__proto__"],
    ] as const) {
      const fault = faultOf(() => parseJson(source));
      expect(fault.code).to.equal("DOCUMENT_DUPLICATE_KEY");
      expect(fault.args.path).to.equal(path);
    }
  });

  it("gives no key a meaning", () => {
    const value = parseJson('{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}') as JsonObject;
    expect(Object.keys(value)).to.deep.equal(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).to.equal(null);
    expect(({} as Record<string, unknown>)["polluted"]).to.equal(undefined);
  });

  it("refuses half a character, in text and in a key", () => {
    for (const source of ['"\\ud800"', '"a\\udc00b"', '{"\\ud800":1}', '["\\udc00\\ud800"]']) {
      expect(faultOf(() => parseJson(source)).code).to.equal("DOCUMENT_NOT_JSON");
    }
    expect(parseJson('"\\ud83d\\ude00"')).to.equal("\u{1f600}");
  });

  it("says where it stopped", () => {
    const fault = faultOf(() => parseJson('{\n  "a": 1,\n  "b": oops\n}'));
    expect(fault.args).to.include({ path: "$.b", line: 3, column: 8 });
    expect(fault.message).to.include("line 3, column 8");
  });

  it("refuses what is too large or too deep, without reading on", () => {
    const large = faultOf(() => parseJson(" ".repeat(MAX_DOCUMENT_LENGTH + 1)));
    expect(large.code).to.equal("DOCUMENT_TOO_LARGE");
    expect(large.args).to.include({ max: MAX_DOCUMENT_LENGTH, actual: MAX_DOCUMENT_LENGTH + 1 });
    expect(parseJson(`${" ".repeat(MAX_DOCUMENT_LENGTH - 1)}1`)).to.equal(1);
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(parseJson(nested(MAX_DOCUMENT_DEPTH))).to.be.an("array");
    expect(faultOf(() => parseJson(nested(MAX_DOCUMENT_DEPTH + 1))).code).to.equal("DOCUMENT_NOT_JSON");
    expect(faultOf(() => parseJson("[".repeat(100_000))).code).to.equal("DOCUMENT_NOT_JSON");
    expect(faultOf(() => parseJson('{"a":'.repeat(50_000))).code).to.equal("DOCUMENT_NOT_JSON");
  });
});

describe("canonicalJson", () => {
  it("is one text for one value, whatever the order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed as JsonObject)).to.equal(canonicalJson(value as JsonObject));
        expect(JSON.parse(canonicalJson(value as JsonObject))).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("is another text for another value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b) => {
        const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json;
        let same = true;
        try {
          expect(plain(a)).to.deep.equal(plain(b));
        } catch {
          same = false;
        }
        expect(canonicalJson(plain(a)) === canonicalJson(plain(b))).to.equal(same);
      }),
    );
  });

  it("sorts by UTF-16 code units and leaves no space", () => {
    expect(canonicalJson({ "\u{1f600}": 1, "\ufb33": 2, b: [true, null], a: { y: "é", x: -0 } })).to.equal(
      '{"a":{"x":0,"y":"é"},"b":[true,null],"\u{1f600}":1,"\ufb33":2}',
    );
  });
});

describe("serializeDocument", () => {
  it("writes an envelope that says what it is", () => {
    const { checksum, ...rest } = JSON.parse(text) as JsonObject;
    expect(rest).to.deep.equal({
      format: "guildhall-document",
      version: 1,
      type: "Order",
      chainId: "31337",
      contract,
      body: {
        merchant: key.address,
        amount: "12500000",
        until: "1800000000",
        salt: id("salt"),
        free: false,
        policy: "PERCENT_OFF",
        tags: ["1", "255"],
      },
      signatures: [],
    });
    expect(checksum).to.equal(keccak256(toUtf8Bytes(canonicalJson(rest))));
  });

  it("writes nothing that a reader would refuse", () => {
    const wrong: readonly Partial<Body>[] = [
      { amount: 2n ** 128n },
      { amount: -1n },
      { merchant: "0x12" },
      { salt: "0x12" },
      { tags: [1n, 2n, 3n, 4n] },
      { note: "0x0102030405" },
    ];
    for (const fields of wrong) {
      const fault = faultOf(() => serializeDocument(orderCodec, { ...document, body: { ...sample, ...fields } }));
      expect(fault.name).to.equal("DocumentError");
      expect(fault.args.path).to.equal(`$.body.${Object.keys(fields).join()}`);
    }
    expect(
      faultOf(() => createDocument(orderCodec, { chainId: 2n ** 256n, contract, body: sample })).args.path,
    ).to.equal("$.chainId");
  });

  it("brings addresses and hex into one form", () => {
    const loose = {
      ...sample,
      merchant: key.address.toLowerCase(),
      salt: id("salt").toUpperCase().replace("0X", "0x"),
    };
    const made = createDocument(orderCodec, { chainId: 31337n, contract: contract.toLowerCase(), body: loose });
    expect(made).to.deep.equal(document);
  });
});

describe("parseDocument", () => {
  const bytesOf = (min: number, max: number) =>
    fc.uint8Array({ minLength: min, maxLength: max }).map((bytes) => `0x${Buffer.from(bytes).toString("hex")}`);
  const anyAddress = bytesOf(20, 20).map((hex) => getAddress(hex));
  const anyBody: fc.Arbitrary<Body> = fc.record(
    {
      merchant: anyAddress,
      amount: fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }),
      until: fc.bigInt({ min: 0n, max: 2n ** 40n - 1n }),
      salt: bytesOf(32, 32),
      free: fc.boolean(),
      policy: fc.constantFrom("FIXED_PRICE", "PERCENT_OFF"),
      tags: fc.array(fc.bigInt({ min: 0n, max: 255n }), { maxLength: 3 }),
      note: bytesOf(0, 4),
    },
    { requiredKeys: ["merchant", "amount", "until", "salt", "free", "policy", "tags"] },
  );
  const anyEntry: fc.Arbitrary<Entry> = fc.record({
    role: fc.constantFrom("merchant", "customer"),
    account: anyAddress,
    signature: bytesOf(1, 70),
  });
  const anyDocument = fc.record({
    type: fc.constant("Order" as const),
    chainId: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
    contract: anyAddress,
    body: anyBody,
    signatures: fc.array(anyEntry, { maxLength: 2 }),
  });

  it("reads back what was written, for every document", () => {
    fc.assert(
      fc.property(anyDocument, (each) => {
        const written = serializeDocument(orderCodec, each);
        const read = parseDocument(written, [otherCodec, orderCodec]);
        expect(read).to.deep.equal(each);
        if (read.type !== "Order") expect.fail(read.type);
        expect(serializeDocument(orderCodec, read)).to.equal(written);
      }),
      { numRuns: 300 },
    );
  });

  it("reads whatever the order of keys and the spaces", () => {
    const { body: inner, ...rest } = JSON.parse(text) as JsonObject;
    const reversed = Object.fromEntries(Object.entries({ body: inner, ...rest }).reverse());
    expect(parseDocument(JSON.stringify(reversed, null, 7), [orderCodec])).to.deep.equal(document);
  });

  it("notices every single character that changes", () => {
    const compact = JSON.stringify(JSON.parse(text));
    fc.assert(
      fc.property(fc.nat(compact.length - 1), fc.integer({ min: 33, max: 126 }), (at, code) => {
        const character = String.fromCharCode(code);
        fc.pre(compact[at] !== character);
        const fault = faultOf(() =>
          parseDocument(compact.slice(0, at) + character + compact.slice(at + 1), [orderCodec]),
        );
        expect(fault.name).to.equal("DocumentError");
      }),
      { numRuns: 1_000 },
    );
  });

  it("throws its own error and nothing else, whatever JSON comes in", () => {
    const anyField = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
      fc.bigInt().map((n) => `${n}`),
      bytesOf(0, 40),
    );
    const anyPlace = fc.constantFrom(
      ...Object.keys(JSON.parse(text) as object),
      ...Object.keys(sample).map((name) => `body.${name}`),
    );
    fc.assert(
      fc.property(anyPlace, anyField, (place, value) => {
        const [first, second] = place.split(".");
        const source = changed((envelope) => {
          if (first === undefined) return;
          envelope[first] = second === undefined ? value : { ...(envelope[first] as JsonObject), [second]: value };
        });
        try {
          const read = parseDocument(source, [orderCodec]);
          expect(JSON.parse(serializeDocument(orderCodec, read))).to.deep.equal(JSON.parse(source));
        } catch (error) {
          expect((error as DocumentError).name).to.equal("DocumentError");
        }
      }),
      { numRuns: 2_000 },
    );
  });

  const envelopeFaults: Readonly<Record<string, readonly [string, string, string]>> = {
    "what is no JSON": ["hello", "DOCUMENT_NOT_JSON", "$"],
    nothing: ["", "DOCUMENT_NOT_JSON", "$"],
    "a list": ["[]", "DOCUMENT_WRONG_TYPE", "$"],
    null: ["null", "DOCUMENT_WRONG_TYPE", "$"],
    "something after it": [`${text} {}`, "DOCUMENT_NOT_JSON", "$"],
    "no format": [changed((each) => delete each["format"]), "DOCUMENT_WRONG_FORMAT", "$.format"],
    "another format": [changed((each) => (each["format"] = "letter")), "DOCUMENT_WRONG_FORMAT", "$.format"],
    "no version": [changed((each) => delete each["version"]), "DOCUMENT_MISSING_FIELD", "$.version"],
    "version 0": [changed((each) => (each["version"] = 0)), "DOCUMENT_WRONG_TYPE", "$.version"],
    "version 1.5": [changed((each) => (each["version"] = 1.5)), "DOCUMENT_WRONG_TYPE", "$.version"],
    'version "1"': [changed((each) => (each["version"] = "1")), "DOCUMENT_WRONG_TYPE", "$.version"],
    "a newer version": [changed((each) => (each["version"] = 2)), "DOCUMENT_NEWER_VERSION", "$.version"],
    "no checksum": [changed((each) => delete each["checksum"]), "DOCUMENT_MISSING_FIELD", "$.checksum"],
    "another checksum": [
      text.replace(/"checksum": "0x../, '"checksum": "0xzz'),
      "DOCUMENT_CHECKSUM_MISMATCH",
      "$.checksum",
    ],
    "another amount": [text.replace("12500000", "12500001"), "DOCUMENT_CHECKSUM_MISMATCH", "$.checksum"],
    "a type that does not belong here": [
      changed((each) => (each["type"] = "Other")),
      "DOCUMENT_UNKNOWN_TYPE",
      "$.type",
    ],
    "no type": [changed((each) => delete each["type"]), "DOCUMENT_UNKNOWN_TYPE", "$.type"],
    "a field more": [changed((each) => (each["extra"] = 1)), "DOCUMENT_UNKNOWN_FIELD", "$.extra"],
    "a chain in a number": [changed((each) => (each["chainId"] = 31337)), "DOCUMENT_WRONG_TYPE", "$.chainId"],
    "a contract in lower case": [
      changed((each) => (each["contract"] = contract.toLowerCase())),
      "DOCUMENT_OUT_OF_RANGE",
      "$.contract",
    ],
    "no body": [changed((each) => delete each["body"]), "DOCUMENT_MISSING_FIELD", "$.body"],
    "signatures that are no list": [
      changed((each) => (each["signatures"] = {})),
      "DOCUMENT_WRONG_TYPE",
      "$.signatures",
    ],
    "too many signatures": [
      changed((each) => (each["signatures"] = [1, 2, 3])),
      "DOCUMENT_OUT_OF_RANGE",
      "$.signatures",
    ],
    "a signature that is none": [
      changed((each) => (each["signatures"] = [{}])),
      "DOCUMENT_MISSING_FIELD",
      "$.signatures[0].role",
    ],
  };
  for (const [name, [source, code, path]] of Object.entries(envelopeFaults)) {
    it(`refuses ${name}`, () => {
      const fault = faultOf(() => parseDocument(source, [orderCodec]));
      expect(fault).to.deep.include({ name: "DocumentError", code });
      expect(fault.args.path).to.equal(path);
      expect(fault.message).to.match(/\.$/);
    });
  }

  it("tells to upgrade for a newer version, even if that has other fields and another checksum", () => {
    const newer = '{"format":"guildhall-document","version":7,"content":"..."}';
    const fault = faultOf(() => parseDocument(newer, [orderCodec]));
    expect(fault.code).to.equal("DOCUMENT_NEWER_VERSION");
    expect(fault.advice).to.equal("Upgrade @guildhall/sdk.");
  });

  const bodyFaults: Readonly<Record<string, readonly [Readonly<Record<string, Json | undefined>>, string, string]>> = {
    "an unknown field": [{ tip: "1" }, "DOCUMENT_UNKNOWN_FIELD", "$.body.tip"],
    "a field named constructor": [{ constructor: "1" }, "DOCUMENT_UNKNOWN_FIELD", "$.body.constructor"],
    "a missing field": [{ salt: undefined }, "DOCUMENT_MISSING_FIELD", "$.body.salt"],
    "an amount in a number": [{ amount: 5 }, "DOCUMENT_WRONG_TYPE", "$.body.amount"],
    "an amount with a leading zero": [{ amount: "05" }, "DOCUMENT_WRONG_TYPE", "$.body.amount"],
    "an amount below zero": [{ amount: "-5" }, "DOCUMENT_WRONG_TYPE", "$.body.amount"],
    "an amount in hex": [{ amount: "0x5" }, "DOCUMENT_WRONG_TYPE", "$.body.amount"],
    "an empty amount": [{ amount: "" }, "DOCUMENT_WRONG_TYPE", "$.body.amount"],
    "an amount with a fraction": [{ amount: "1.0" }, "DOCUMENT_WRONG_TYPE", "$.body.amount"],
    "an amount of 129 bits": [{ amount: `${2n ** 128n}` }, "DOCUMENT_OUT_OF_RANGE", "$.body.amount"],
    "an amount of 100,000 digits": [{ amount: "9".repeat(100_000) }, "DOCUMENT_OUT_OF_RANGE", "$.body.amount"],
    "a time of 41 bits": [{ until: `${2n ** 40n}` }, "DOCUMENT_OUT_OF_RANGE", "$.body.until"],
    "an address without its checksum": [
      { merchant: key.address.toLowerCase() },
      "DOCUMENT_OUT_OF_RANGE",
      "$.body.merchant",
    ],
    "an address of 19 bytes": [{ merchant: key.address.slice(0, -2) }, "DOCUMENT_WRONG_TYPE", "$.body.merchant"],
    "a salt of 31 bytes": [{ salt: `0x${"12".repeat(31)}` }, "DOCUMENT_OUT_OF_RANGE", "$.body.salt"],
    "a salt in upper case": [{ salt: `0x${"AB".repeat(32)}` }, "DOCUMENT_WRONG_TYPE", "$.body.salt"],
    "half a byte": [{ note: "0x1" }, "DOCUMENT_WRONG_TYPE", "$.body.note"],
    "an optional field of null": [{ note: null }, "DOCUMENT_WRONG_TYPE", "$.body.note"],
    "true in quotes": [{ free: "true" }, "DOCUMENT_WRONG_TYPE", "$.body.free"],
    "a word that is no choice": [{ policy: "percent_off" }, "DOCUMENT_OUT_OF_RANGE", "$.body.policy"],
    "a number for a choice": [{ policy: 1 }, "DOCUMENT_WRONG_TYPE", "$.body.policy"],
    "an item out of range": [{ tags: ["1", "256"] }, "DOCUMENT_OUT_OF_RANGE", "$.body.tags[1]"],
    "too many items": [{ tags: ["1", "2", "3", "4"] }, "DOCUMENT_OUT_OF_RANGE", "$.body.tags"],
  };
  for (const [name, [fields, code, path]] of Object.entries(bodyFaults)) {
    it(`refuses ${name}`, () => {
      const fault = faultOf(() => parseDocument(changedBody(fields), [orderCodec]));
      expect(fault).to.deep.include({ name: "DocumentError", code });
      expect(fault.args.path).to.equal(path);
    });
  }

  it("is not polluted by __proto__ in a body", () => {
    const source = text.replace('"free"', '"__proto__": {"admin": true}, "free"');
    const right = checksumOf(parseJson(source) as JsonObject);
    const proto = faultOf(() => parseDocument(source.replace(/0x[0-9a-f]{64}"\n\}$/, `${right}"\n}`), [orderCodec]));
    expect(proto.code).to.equal("DOCUMENT_UNKNOWN_FIELD");
    expect(proto.args.path).to.equal("$.body.__proto__");
    expect(({} as Record<string, unknown>)["admin"]).to.equal(undefined);
  });
});

describe("verifyDocument", () => {
  async function signed(roles: readonly ("merchant" | "customer")[]) {
    const { signature } = await signTyped(key, typedOf(document));
    const signatures = roles.map((role) => ({ role, account: key.address, signature }));
    return createDocument(orderCodec, { chainId: 31337n, contract, body: sample, signatures });
  }

  it("verifies offline what keys signed, after a journey as JSON", async () => {
    const read = parseDocument(serializeDocument(orderCodec, await signed(["merchant"])), [orderCodec]);
    const { valid, claims } = await verifyDocument(orderCodec, read);
    expect(valid).to.equal(true);
    expect(claims).to.have.length(1);
    expect(claims[0]).to.deep.include({ role: "merchant", account: key.address });
    expect(claims[0]?.verdict).to.deep.include({ valid: true, by: "key" });
  });

  it("notices a body, a chain or a contract that was not signed", async () => {
    const good = await signed(["merchant"]);
    for (const forged of [
      { ...good, body: { ...good.body, amount: 1n } },
      { ...good, chainId: 1n },
      { ...good, contract: key.address },
    ]) {
      const { valid, claims } = await verifyDocument(orderCodec, forged);
      expect(valid).to.equal(false);
      expect(claims[0]?.verdict).to.deep.equal({ valid: false, reason: "NEEDS_PROVIDER" });
    }
  });

  it("tells each signature's verdict: one that is wrong makes the document invalid", async () => {
    const good = await signed(["merchant", "customer"]);
    const [first, second] = good.signatures;
    if (first === undefined || second === undefined) expect.fail("two signatures");
    const stranger = Wallet.createRandom().address;
    const mixed = { ...good, signatures: [first, { ...second, account: stranger }] };
    const { valid, claims } = await verifyDocument(orderCodec, mixed);
    expect(valid).to.equal(false);
    expect(claims.map(({ verdict }) => verdict.valid)).to.deep.equal([true, false]);
  });
});

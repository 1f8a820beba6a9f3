import { readFileSync } from "node:fs";

import { expect } from "chai";
import { getBytes, hexlify } from "ethers";

import {
  bitmapContentHash,
  buildBitmapRoster,
  chunkHashOf,
  EMPTY_ROOT,
  encodeBitmapRoster,
  leafOf,
  memorySource,
  openRoster,
  type RosterEntry,
} from "../../sdk/src/index.js";
import { buildRoster, libraryTree, place, rowsOf } from "../helpers/rosters.js";

const { users, root, bitmap, empty, ...of } = JSON.parse(
  readFileSync(new URL("../../vectors/rewards-roster.json", import.meta.url), "utf8"),
) as {
  readonly poolId: string;
  readonly cycle: number;
  readonly users: readonly RosterEntry[];
  readonly root: {
    readonly root: string;
    readonly count: number;
    readonly eligible: number;
    readonly contentHash: string;
    readonly leaves: readonly string[];
    readonly proofs: readonly string[][];
    readonly multiProof: { readonly users: string[]; readonly proof: string[]; readonly proofFlags: boolean[] };
    readonly file: string;
  };
  readonly bitmap: {
    readonly contentHash: string;
    readonly chunks: readonly string[];
    readonly chunkHashes: readonly string[];
    readonly file: string;
  };
  readonly empty: { readonly root: string };
};

describe("the golden rosters", () => {
  it("are of the pool and cycle of these tests", () => {
    expect(of).to.deep.equal(place);
    expect(users).to.have.length(5);
  });

  it("are built byte for byte, root and file", async () => {
    const { bytes, figures } = await buildRoster(users);
    expect(hexlify(bytes)).to.equal(root.file);
    const { count, eligible, contentHash } = root;
    expect(figures).to.deep.equal({ ...place, root: root.root, count, eligible, contentHash });
    expect(libraryTree(users).root).to.equal(root.root);
  });

  it("prove each user, and some at once", async () => {
    const roster = await openRoster(memorySource(getBytes(root.file)));
    for (const [i, user] of users.entries()) {
      const { leaf, proof } = await roster.proofOf(user.userId);
      expect(leaf).to.equal(root.leaves[i]);
      expect(leaf).to.equal(leafOf({ ...place, ...user }));
      expect(proof).to.deep.equal(root.proofs[i]);
    }
    const { users: proven, proof, proofFlags } = await roster.multiProofOf(root.multiProof.users.toReversed());
    expect({ users: proven.map(({ userId }) => userId), proof, proofFlags }).to.deep.equal(root.multiProof);
  });

  it("are built as bits", async () => {
    const bound = async function* () {
      await Promise.resolve();
      for (const [index, { userId }] of users.entries()) yield { userId, index };
    };
    const built = await buildBitmapRoster({ ...place, rows: rowsOf(users), bound: bound(), count: 5 });
    expect(built.chunks.map((chunk) => hexlify(chunk))).to.deep.equal(bitmap.chunks);
    expect(built.chunkHashes).to.deep.equal(bitmap.chunkHashes);
    expect(bitmap.chunks.map((chunk) => chunkHashOf(getBytes(chunk)))).to.deep.equal(bitmap.chunkHashes);
    expect(bitmapContentHash(5, bitmap.chunkHashes)).to.equal(bitmap.contentHash);
    expect(hexlify(encodeBitmapRoster(built))).to.equal(bitmap.file);
  });

  it("have a root for nobody", () => {
    expect(EMPTY_ROOT).to.equal(empty.root);
  });
});

import { AbiCoder, concat, keccak256 } from "ethers";

import type { MultiProof, ProofSource, Roster } from "../../sdk/src/index.js";

/** A user of a list. */
export type ListedUser = { readonly userId: string; readonly eligible: boolean };

/** A list of one cycle with its tree, all in memory. */
export type RosterTree = ProofSource & { readonly roster: Roster };

function hashPair(a: string, b: string): string {
  return keccak256(BigInt(a) < BigInt(b) ? concat([a, b]) : concat([b, a]));
}

/** A leaf as RewardHash.leaf makes it. */
export function leafOf(poolId: string, cycle: number, { userId, eligible }: ListedUser): string {
  const types = ["bytes32", "uint32", "bytes32", "bool"];
  return keccak256(keccak256(AbiCoder.defaultAbiCoder().encode(types, [poolId, cycle, userId, eligible])));
}

/** The tree of a list, as OpenZeppelin's library builds it: written out here, so that it is nobody else's. */
export function rosterTree(poolId: string, cycle: number, users: readonly ListedUser[]): RosterTree {
  const leaves = users
    .map((user) => ({ user, leaf: leafOf(poolId, cycle, user) }))
    .sort((a, b) => (BigInt(a.leaf) < BigInt(b.leaf) ? -1 : 1));
  const nodes: string[] = [];
  const places = new Map<string, { readonly user: ListedUser; readonly node: number }>();
  leaves.forEach(({ user, leaf }, index) => {
    const node = 2 * leaves.length - 2 - index;
    nodes[node] = leaf;
    places.set(user.userId, { user, node });
  });
  for (let node = leaves.length - 2; node >= 0; --node) {
    nodes[node] = hashPair(nodes[2 * node + 1]!, nodes[2 * node + 2]!);
  }
  const sibling = (node: number) => (node % 2 === 0 ? node - 1 : node + 1);
  const parent = (node: number) => (node - 1) >> 1;

  const multiProofOf = (userIds: readonly string[]): MultiProof => {
    const asked = userIds.map((userId) => places.get(userId)!).sort((a, b) => b.node - a.node);
    const queue = asked.map(({ node }) => node);
    const proof: string[] = [];
    const proofFlags: boolean[] = [];
    for (let node = queue.shift()!; node > 0; node = queue.shift()!) {
      const known = queue[0] === sibling(node);
      if (known) queue.shift();
      else proof.push(nodes[sibling(node)]!);
      proofFlags.push(known);
      queue.push(parent(node));
    }
    return { users: asked.map(({ user }) => user), proof, proofFlags };
  };

  return {
    roster: {
      root: nodes[0]!,
      count: users.length,
      eligible: users.filter(({ eligible }) => eligible).length,
      contentHash: keccak256("0x11"),
      evidenceUri: `https://example.org/${cycle}`,
      noneEligible: users.every(({ eligible }) => !eligible),
    },
    has: (userId) => Promise.resolve(places.has(userId)),
    proofOf: (userId) => {
      const { user, node: leaf } = places.get(userId)!;
      const proof: string[] = [];
      for (let node = leaf; node > 0; node = parent(node)) proof.push(nodes[sibling(node)]!);
      return Promise.resolve({ eligible: user.eligible, proof });
    },
    multiProofOf: (userIds) => Promise.resolve(multiProofOf(userIds)),
  };
}

/** Which nodes a multiproof is made of. */
export type MultiProofPlan = {
  /** Nodes of the leaves, from the highest down: the order in which they are proved. */
  readonly leaves: readonly number[];
  /** Nodes of the proof, in order. */
  readonly proof: readonly number[];
  readonly proofFlags: readonly boolean[];
};

/** Plans a multiproof over different leaves as `@openzeppelin/merkle-tree` does. */
export function multiProofPlan(nodes: readonly number[]): MultiProofPlan {
  const leaves = nodes.toSorted((a, b) => b - a);
  const queue = [...leaves];
  const proof: number[] = [];
  const proofFlags: boolean[] = [];
  // The head moves, so that a batch of thousands is not shifted node by node. The root, 0, comes last.
  for (let head = 0; ;) {
    const node = queue[head++] ?? 0;
    if (node === 0) break;
    const sibling = node % 2 === 0 ? node - 1 : node + 1;
    const isKnown = queue[head] === sibling;
    if (isKnown) head += 1;
    else proof.push(sibling);
    proofFlags.push(isKnown);
    queue.push((node - 1) >>> 1);
  }
  return { leaves, proof, proofFlags };
}

import { hexlify } from "ethers";

import { type DerNode, tags } from "./der/DerNode.js";
import type { NameConstraints, NameSubtrees } from "./NameConstraints.js";

const [PERMITTED, EXCLUDED] = [0xa0, 0xa1];
const [DNS, IP] = [0x82, 0x87];
const OTHERS: ReadonlyMap<number, string> = new Map([
  [0x81, "e-mail addresses"],
  [0x86, "URIs"],
  [0xa4, "directory names"],
]);

/** Reads the value of the extension; `fail` throws. */
export function readNameConstraints(node: DerNode, fail: (problem: string) => never): NameConstraints {
  const unprocessed = new Set<string>();
  const read = (tag: number): NameSubtrees => {
    const found = node.children.filter((child) => child.tag === tag);
    if (found.length > 1 || found[0]?.children.length === 0) return fail("the name constraints have another form");
    const dns: string[] = [];
    const ip: string[] = [];
    for (const subtree of found[0]?.children ?? []) {
      const [base, ...bounds] = subtree.children;
      if (subtree.tag !== tags.sequence || base === undefined) return fail("a name constraint has no name");
      if (bounds.length > 0) unprocessed.add("names with a minimum or maximum");
      else if (base.tag === DNS) dns.push(textOf(base.body, fail));
      else if (base.tag === IP) ip.push(rangeOf(base.body, fail));
      else unprocessed.add(OTHERS.get(base.tag) ?? "names of other kinds");
    }
    return { dns, ip };
  };
  const [permitted, excluded] = [read(PERMITTED), read(EXCLUDED)];
  const known = node.children.every(({ tag }) => tag === PERMITTED || tag === EXCLUDED);
  if (node.tag !== tags.sequence || node.children.length === 0 || !known) {
    return fail("the name constraints have another form");
  }
  return { permitted, excluded, unprocessed: [...unprocessed] };
}

function textOf(body: Uint8Array, fail: (problem: string) => never): string {
  return body.every((byte) => byte > 0x20 && byte < 0x7f)
    ? String.fromCharCode(...body)
    : fail("a name constraint has other characters than visible ASCII");
}

function rangeOf(body: Uint8Array, fail: (problem: string) => never): string {
  return body.length === 8 || body.length === 32
    ? hexlify(body)
    : fail(`an IP range of the name constraints has ${body.length} bytes`);
}

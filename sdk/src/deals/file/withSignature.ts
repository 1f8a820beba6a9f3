import { endorsementOrder } from "./codecs.js";
import type { DealFile, DealSignature } from "./DealFile.js";

/** Signatures in the order in which files list them. */
export function inOrder(signatures: readonly DealSignature[]): readonly DealSignature[] {
  const place = ({ endorsement }: DealSignature) => endorsementOrder.indexOf(endorsement);
  return [...signatures].sort((a, b) => place(a) - place(b));
}

/** The file with a signature added; one of the same endorsement gives way. */
export function withSignature(file: DealFile, added: DealSignature): DealFile {
  const others = file.signatures.filter(({ endorsement }) => endorsement !== added.endorsement);
  return { ...file, signatures: inOrder([...others, added]) };
}

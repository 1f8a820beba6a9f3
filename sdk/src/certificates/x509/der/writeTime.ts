import { tags } from "./DerNode.js";
import { writeDer } from "./writeDer.js";

/** Encodes Unix seconds of the years 1950 to 9999 as RFC 5280 has it: UTCTime until 2049, GeneralizedTime from then on. */
export function writeTime(seconds: number): Uint8Array<ArrayBuffer> {
  const text = `${new Date(seconds * 1_000).toISOString().slice(0, 19).replaceAll(/[-:T]/gu, "")}Z`;
  const short = text < "2050";
  return writeDer(short ? tags.utcTime : tags.generalizedTime, new TextEncoder().encode(short ? text.slice(2) : text));
}

import { hexlify, toUtf8Bytes } from "ethers";

import { RosterError } from "../RosterError.js";
import type { RosterSource } from "../RosterStore.js";
import { HEADER_LENGTH, MAGIC, VERSION } from "./layout.js";
import type { RosterHeader } from "./RosterHeader.js";

/**
 * Reads a file's header as it stands; whether it is true is another question.
 *
 * Errors: {@link RosterError} ROSTER_FILE_MALFORMED where it is no roster, or one of another version.
 */
export async function decodeHeader(source: RosterSource): Promise<RosterHeader> {
  if (source.size < HEADER_LENGTH) return malformed("it is shorter than a header", { size: source.size });
  const bytes = await source.read(0, HEADER_LENGTH);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (hexlify(bytes.subarray(0, 8)) !== hexlify(toUtf8Bytes(MAGIC))) return malformed("it does not begin as one", {});
  const version = view.getUint32(8);
  if (version !== VERSION) return malformed(`its version is ${version}, and ${VERSION} is known`, { version });
  return {
    version,
    poolId: hexlify(bytes.subarray(16, 48)),
    cycle: view.getUint32(48),
    count: view.getUint32(52),
    eligible: view.getUint32(56),
    root: hexlify(bytes.subarray(64, 96)),
    contentHash: hexlify(bytes.subarray(96, 128)),
    layout: {
      entries: Number(view.getBigUint64(128)),
      nodes: Number(view.getBigUint64(136)),
      end: Number(view.getBigUint64(144)),
    },
  };
}

function malformed(reason: string, args: Readonly<Record<string, unknown>>): never {
  throw new RosterError({
    code: "ROSTER_FILE_MALFORMED",
    args: { reason, ...args },
    what: `This is no roster's file: ${reason}.`,
    advice: "Ask whoever published the roster for its file, or build it again.",
  });
}

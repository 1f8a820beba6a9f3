import { isHexString } from "ethers";

import { EVERYONE, type Envelope } from "./Envelope.js";

/** The envelope in a text, or `undefined` where the text is none: anyone can put noise on a transport. */
export function readEnvelope(text: string): Envelope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isEnvelope(value) ? value : undefined;
}

function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return (
    fields["format"] === "guildhall-frost" &&
    fields["version"] === 1 &&
    isHexString(fields["session"], 32) &&
    isHexString(fields["context"], 32) &&
    isHexString(fields["signature"], 64) &&
    typeof fields["round"] === "string" &&
    typeof fields["from"] === "string" &&
    typeof fields["to"] === "string" &&
    typeof fields["body"] === "string" &&
    fields["from"] !== EVERYONE
  );
}

import { InvalidArgumentError } from "commander";

import { uint32Option } from "./uint32Option.js";

/** Reads an option that counts from 1. */
export function positiveOption(text: string): number {
  const value = uint32Option(text);
  if (value > 0) return value;
  throw new InvalidArgumentError("It must be at least 1.");
}

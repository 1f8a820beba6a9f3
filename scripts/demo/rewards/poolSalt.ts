import { id } from "ethers";

/** The salt of a story's pool in this run. */
export function poolSalt(run: string, story: string): string {
  return id(`${run} ${story}`);
}

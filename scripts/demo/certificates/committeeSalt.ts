import { id } from "ethers";

/** The salt of the centres' committee in a run. */
export function committeeSalt(run: string): string {
  return id(`${run} centres`);
}

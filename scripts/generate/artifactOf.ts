import { GuildhallError } from "../../sdk/src/core/errors/GuildhallError.js";
import type { Artifact } from "./readArtifacts.js";
import { readArtifacts } from "./readArtifacts.js";

/** The artifact of one contract, interface or library. */
export function artifactOf(root: string, name: string): Artifact {
  const artifact = readArtifacts(root).find(({ contractName }) => contractName === name);
  if (artifact !== undefined) return artifact;
  throw new GuildhallError({
    code: "NO_ARTIFACT",
    args: { name },
    what: `There is no artifact of ${name}.`,
    advice: 'Run "npm run build" first.',
  });
}

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ErrorFragment } from "ethers";

type Artifact = { readonly abi: readonly { readonly type: string }[] };

/** Every error in the ABIs of the suite's contracts, interfaces and libraries, mocks left out, by selector. */
export function declaredErrors(root: string): ReadonlyMap<string, ErrorFragment> {
  const errors = new Map<string, ErrorFragment>();
  const paths = globSync("artifacts/contracts/**/*.json", { cwd: root }).filter(
    (path) => !/[\\/]mocks[\\/]/u.test(path),
  );
  for (const path of paths) {
    const { abi } = JSON.parse(readFileSync(join(root, path), "utf8")) as Artifact;
    for (const item of abi.filter(({ type }) => type === "error")) {
      const fragment = ErrorFragment.from(item);
      errors.set(fragment.selector, fragment);
    }
  }
  return errors;
}

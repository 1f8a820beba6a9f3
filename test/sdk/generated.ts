import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

describe("generated files", () => {
  for (const script of ["generate.ts", "generate-errors.ts"]) {
    it(`are as scripts/${script} would write them now`, async function () {
      this.timeout(60_000);
      const loader = join(root, "node_modules/tsx/dist/cli.mjs");
      const failure: unknown = await run(process.execPath, [loader, join(root, "scripts", script), "--check"]).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).to.equal(undefined);
    });
  }
});

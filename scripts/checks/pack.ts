/**
 * Packs the SDK as it would be published, installs the tarball into an empty project, runs a JavaScript program with it and
 * type-checks a TypeScript one. Needs `npm run build` before.
 */
import { join } from "node:path";

import { checkPack } from "./checkPack.js";

const { files, bytes, printed } = await checkPack(join(import.meta.dirname, "../.."));
console.log(`${files} files, ${bytes} bytes packed; the program printed: ${printed}`);

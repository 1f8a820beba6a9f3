import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const JAVASCRIPT = `
import { Guildhall, decodeRevert, isRevert, parseDocument, referralDealsAbi } from "@guildhall/sdk";
import { parseCertificate } from "@guildhall/sdk/certificates";
import { openFileNonceStore } from "@guildhall/sdk/node";
import { createCentreService } from "@guildhall/sdk/node/certificates";
import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";

const error = decodeRevert({ data: "0x3ee5aeb5" });
const version = JSON.parse(readFileSync(new URL(import.meta.resolve("@guildhall/sdk/package.json")))).version;
console.log([version, error.name, isRevert(error), typeof Guildhall.connect, typeof parseDocument, referralDealsAbi.length > 10, typeof openFileNonceStore, typeof createCentreService, parseCertificate(rootCertificates[0]).extensions.isCa].join(" "));
`;

const TYPESCRIPT = `
import { JsonRpcProvider } from "ethers";
import { type ContractRevertError, Guildhall, isRevert, referralDealsAbi } from "@guildhall/sdk";

const hall: Guildhall = await Guildhall.connect(new JsonRpcProvider("http://127.0.0.1:8545"));
const addresses: Readonly<Record<"Directory" | "ReferralDeals", string>> = hall.context.addresses;
const names: readonly string[] = (await hall.directory.entries()).map(({ name }) => name);
export const before = (error: unknown): bigint | undefined => (isRevert(error, "DealsTooLate") ? error.args.before : undefined);
// @ts-expect-error a revert has the arguments of its own name only
export const wrong = (error: ContractRevertError<"DealsTooLate">): unknown => error.args.offerId;
export type First = (typeof referralDealsAbi)[0]["type"];
console.log(addresses, names);
`;

const TSCONFIG = {
  compilerOptions: {
    target: "es2023",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    types: [],
    lib: ["es2023", "dom"],
    // @types/node, which ethers brings, does not check by itself.
    skipLibCheck: true,
  },
  files: ["program.ts"],
};

/** What a packed SDK looks like from outside. */
export type PackReport = {
  readonly files: number;
  /** Of the tarball. */
  readonly bytes: number;
  readonly names: readonly string[];
  /** By the JavaScript program. */
  readonly printed: string;
};

type PackedFile = { readonly path: string };
type Packed = { readonly filename: string; readonly size: number; readonly files: readonly PackedFile[] };

/** npm writes a list, or from version 12 on an object by package name. */
function firstOf(output: string): Packed {
  const parsed = JSON.parse(output) as readonly Packed[] | Readonly<Record<string, Packed>>;
  const [packed] = Object.values(parsed) as readonly Packed[];
  return packed ?? { filename: "", size: 0, files: [] };
}

/** Packs, installs, runs and type-checks; rejects with the output of the step that fails. */
export async function checkPack(root: string): Promise<PackReport> {
  const folder = await mkdtemp(join(tmpdir(), "guildhall-pack-"));
  try {
    // A copy of its own, so that two runs at once and a build by hand do not meet in sdk/dist.
    const source = join(folder, "sdk");
    await mkdir(source);
    await run("tsc", ["-p", "sdk/tsconfig.json", "--outDir", join(source, "dist")], {
      cwd: root,
      env: withBinaries(root),
    });
    for (const name of ["package.json", "README.md", "LICENSE"]) {
      await copyFile(join(root, "sdk", name), join(source, name));
    }
    const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: source,
    });
    const packed = firstOf(stdout);
    const project = join(folder, "project");
    await mkdir(project);
    await writeFile(join(project, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
    const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
    await run("npm", ["install", ...flags, join(folder, packed.filename)], { cwd: project });
    await writeFile(join(project, "program.js"), JAVASCRIPT);
    await writeFile(join(project, "program.ts"), TYPESCRIPT);
    await writeFile(join(project, "tsconfig.json"), JSON.stringify(TSCONFIG));
    const { stdout: printed } = await run(process.execPath, ["program.js"], { cwd: project });
    await run("tsc", ["-p", project], { cwd: project, env: withBinaries(root) });
    const tarball = await readFile(join(folder, packed.filename));
    return {
      files: packed.files.length,
      bytes: tarball.length,
      names: packed.files.map(({ path }) => path),
      printed: printed.trim(),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function withBinaries(root: string): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}` };
}

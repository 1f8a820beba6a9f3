import type { Finding } from "./Finding.js";

/** An entry of `packages` in package-lock.json, as far as the rules read it. */
export type LockEntry = {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

export type Lock = { readonly lockfileVersion: number; readonly packages: Readonly<Record<string, LockEntry>> };

export type Manifest = {
  readonly workspaces?: readonly string[];
  readonly allowScripts?: Readonly<Record<string, boolean>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const EXACT = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/u;
const KINDS = ["dependencies", "devDependencies", "optionalDependencies"] as const;

/** The name of the package at a path of the lock file, as in `node_modules/a/node_modules/@b/c`. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

/**
 * The rules of the lock file: every package but the workspaces has a version and a SHA-512, names no address (so that it
 * comes from the registry of whoever installs, and its hash decides), and runs nothing at install unless somebody decided
 * about it; the manifests name exact versions, the ones that are locked.
 */
export function checkLock(lock: Lock, manifests: Readonly<Record<string, Manifest>>): Finding[] {
  const root = manifests[""] ?? {};
  const workspaces = root.workspaces ?? [];
  const decided = root.allowScripts ?? {};
  const findings: Finding[] = [];
  const find = (place: string, problem: string): void => void findings.push({ place, problem });

  if (lock.lockfileVersion !== 3) find("package-lock.json", `is of version ${lock.lockfileVersion}, not 3`);
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === "" || workspaces.includes(path)) continue;
    const place = `package-lock.json: ${path}`;
    if (!path.includes("node_modules/")) find(place, "is a folder that is no workspace");
    if (entry.link === true) {
      if (!workspaces.includes(entry.resolved ?? "")) find(place, `links to ${entry.resolved}, which is no workspace`);
      continue;
    }
    if (!EXACT.test(entry.version ?? "")) find(place, `has no exact version (${entry.version})`);
    if (entry.integrity?.startsWith("sha512-") !== true) find(place, "has no SHA-512 integrity");
    if (entry.resolved !== undefined) find(place, `comes from ${entry.resolved}, not from the registry of the install`);
    if (entry.hasInstallScript === true && decided[nameOf(path)] === undefined) {
      find(place, "runs a script at install; decide about it in allowScripts of package.json");
    }
  }

  const scripted = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  for (const name of Object.keys(decided)) {
    if (!scripted.some(([path]) => nameOf(path) === name)) {
      find("package.json", `decides in allowScripts about ${name}, which runs nothing at install`);
    }
  }

  for (const [folder, manifest] of Object.entries(manifests)) {
    const place = folder === "" ? "package.json" : `${folder}/package.json`;
    const locked = lock.packages[folder];
    if (locked === undefined) find(place, "is not in the lock file");
    for (const kind of KINDS) {
      for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
        if (!EXACT.test(version)) find(place, `asks for ${name} ${version}, which is no exact version`);
        if (locked?.[kind]?.[name] !== version) find(place, `asks for ${name} ${version}, the lock file does not`);
        const installed = lock.packages[`${folder}/node_modules/${name}`] ?? lock.packages[`node_modules/${name}`];
        if (installed !== undefined && installed.link !== true && installed.version !== version) {
          find(place, `asks for ${name} ${version}, locked is ${installed.version}`);
        }
        if (installed === undefined) find(place, `asks for ${name}, which is not locked`);
      }
    }
  }
  return findings;
}

/** Whether what is installed is what the lock file says, by npm's own record of the install. */
export function checkInstalled(lock: Lock, installed: Lock): Finding[] {
  return Object.entries(installed.packages)
    .filter(([path, entry]) => {
      const locked = lock.packages[path];
      return locked?.integrity !== entry.integrity || locked?.version !== entry.version;
    })
    .map(([path]) => ({ place: path, problem: "is not what the lock file names; run npm ci" }));
}

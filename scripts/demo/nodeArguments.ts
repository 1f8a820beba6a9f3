/** What Node needs to run a TypeScript program, from whatever folder it is started. */
export const nodeArguments: readonly string[] = ["--import", import.meta.resolve("tsx")];

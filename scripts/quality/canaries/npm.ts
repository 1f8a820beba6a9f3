/** The command that runs an npm script. */
export function npm(script: string, ...options: readonly string[]): readonly [string, ...string[]] {
  const command = ["run", "--silent", script] as const;
  return options.length === 0 ? ["npm", ...command] : ["npm", ...command, "--", ...options];
}

const KEYS = ["data", "error", "info", "cause", "originalError", "result", "value", "body", "responseBody"] as const;
const DEPTH = 6;

function asData(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  // Some clients write "Reverted 0x..."
  return /^(?:Reverted )?(0x(?:[0-9a-fA-F]{2})*)$/.exec(value)?.[1];
}

/**
 * Finds the revert bytes in whatever a node, a wallet and ethers made of them: they sit in `data`, in
 * `info.error.data`, in `error.data.data`, in `cause`, depending on who reports.
 * Returns "0x" for a revert without bytes and undefined where there is no trace of any.
 */
export function findRevertData(error: unknown): string | undefined {
  let level: unknown[] = [error];
  let empty: string | undefined;
  const seen = new Set<unknown>();
  for (let depth = 0; depth < DEPTH; depth += 1) {
    const next: unknown[] = [];
    for (const node of level) {
      if (typeof node !== "object" || node === null || seen.has(node)) continue;
      seen.add(node);
      for (const key of KEYS) {
        const value = (node as Readonly<Record<string, unknown>>)[key];
        const data = key === "data" ? asData(value) : undefined;
        if (data !== undefined && data.length >= 10) return data;
        if (data !== undefined) empty = "0x";
        next.push(value);
      }
    }
    level = next;
  }
  return empty;
}

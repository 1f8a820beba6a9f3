import { toUtf8String } from "ethers";

/** Shows an argument to a person: numbers in digits, names stored as bytes32 in letters, long bytes shortened. */
export function describeValue(value: unknown): string {
  if (typeof value === "string" && /^0x(?:[2-7][0-9a-f]){1,31}(?:00)+$/.test(value) && value.length === 66) {
    return JSON.stringify(toUtf8String(value.replace(/(?:00)+$/, "")));
  }
  if (typeof value === "string") return value.length > 140 ? `${value.slice(0, 139)}…` : value;
  if (Array.isArray(value)) return `[${value.map(describeValue).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, entry]) => `${key}: ${describeValue(entry)}`)
      .join(", ")}}`;
  }
  return String(value);
}

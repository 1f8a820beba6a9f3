/** The service's own name of a courier, by number from 0 on. */
export function courierName(number: number): string {
  return `C-${String(number + 1).padStart(4, "0")}`;
}

import { GuildhallError } from "../../core/errors/GuildhallError.js";

/** Why an export, or one order of it, cannot be read. */
export type OrderErrorCode = "ORDERS_UNREADABLE" | "ORDER_MALFORMED";

/** A shop's export, or one order of it, cannot be read; `args.line` says where. */
export class OrderError extends GuildhallError<
  OrderErrorCode,
  { readonly line: number } & Readonly<Record<string, unknown>>
> {}

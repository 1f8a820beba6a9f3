import { GuildhallError } from "../errors/GuildhallError.js";

/** What is wrong with a document. */
export type DocumentErrorCode =
  | "DOCUMENT_TOO_LARGE"
  | "DOCUMENT_NOT_JSON"
  | "DOCUMENT_DUPLICATE_KEY"
  | "DOCUMENT_WRONG_FORMAT"
  | "DOCUMENT_NEWER_VERSION"
  | "DOCUMENT_CHECKSUM_MISMATCH"
  | "DOCUMENT_UNKNOWN_TYPE"
  | "DOCUMENT_UNKNOWN_FIELD"
  | "DOCUMENT_MISSING_FIELD"
  | "DOCUMENT_WRONG_TYPE"
  | "DOCUMENT_OUT_OF_RANGE";

/** A document cannot be read or written; `args.path` says where, as a JSON path such as `$.body.amount`. */
export class DocumentError extends GuildhallError<
  DocumentErrorCode,
  { readonly path: string } & Readonly<Record<string, unknown>>
> {}

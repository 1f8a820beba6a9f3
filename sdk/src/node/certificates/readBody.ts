import type { IncomingMessage } from "node:http";

import { CentreError } from "../../certificates/centres/CentreError.js";

/** Reads a request's body as text. Errors: {@link CentreError} CENTRE_BODY_TOO_LARGE, as soon as it is known. */
export async function readBody(request: IncomingMessage, max: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  if (Number(request.headers["content-length"] ?? 0) > max) throw new CentreError("CENTRE_BODY_TOO_LARGE", { max });
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > max) {
        request.pause();
        request.removeAllListeners("data");
        reject(new CentreError("CENTRE_BODY_TOO_LARGE", { max }));
        return;
      }
      chunks.push(chunk);
    });
    request.once("end", () => {
      resolve(Buffer.concat(chunks).toString("utf8"));
    });
    request.once("error", reject);
    request.once("close", () => {
      reject(new CentreError("CENTRE_INTERNAL", {}));
    });
  });
}

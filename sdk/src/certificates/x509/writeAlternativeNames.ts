import { CertificateError } from "../CertificateError.js";
import type { AlternativeNames } from "./AlternativeNames.js";
import { SubjectAlternativeNameExtension } from "./peculiar.js";
import { readAlternativeNames } from "./readAlternativeNames.js";

/** The names that a certificate or a request is made for. */
export type NamesToWrite = Partial<Omit<AlternativeNames, "others">>;

const kinds = { dns: "dns", ip: "ip", uri: "url", email: "email" } as const;

/** The extension, or `undefined` where there are no names. Errors: {@link CertificateError} CERT_NAME. */
export function writeAlternativeNames(names: NamesToWrite): Uint8Array | undefined {
  const list = (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) =>
    (names[kind] ?? []).map((value) => ({ kind, value })),
  );
  if (list.length === 0) return undefined;
  for (const { kind, value } of list) {
    const fail = (problem: string): never => {
      throw new CertificateError("CERT_NAME", { name: value, problem });
    };
    if (!/^[!-~]{1,253}$/u.test(value)) fail("it is not 1 to 253 characters of visible ASCII");
    // What is written is what is read back, or it is refused: an address of another form would become another name.
    try {
      const read = readAlternativeNames(new Uint8Array(encode([{ kind, value }]).value), "name")[kind];
      if (read[0] !== value) fail(`it would be read as ${JSON.stringify(read[0])}`);
    } catch (error) {
      if (error instanceof CertificateError && error.code === "CERT_NAME") throw error;
      fail(`it is no name of the kind ${kind}`);
    }
  }
  return new Uint8Array(encode(list).rawData);
}

function encode(
  list: readonly { readonly kind: keyof typeof kinds; readonly value: string }[],
): SubjectAlternativeNameExtension {
  return new SubjectAlternativeNameExtension(list.map(({ kind, value }) => ({ type: kinds[kind], value })));
}

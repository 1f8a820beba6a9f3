const CA = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign";
const EXAMPLE = `${CA}\nnameConstraints=critical,permitted;DNS:example.com`;
const NET = `${CA}\nnameConstraints=critical,permitted;IP:192.0.2.0/255.255.255.0`;

/** What an authority is made with, what its certificate, and what is wrong; OpenSSL has to come to the same. */
export const authorities: readonly (readonly [
  name: string,
  authority: string,
  below: string,
  codes: readonly string[],
])[] = [
  ["an authority of no bounds", CA, "subjectAltName=DNS:a.example.org", []],
  ["an issuer that is no authority", "basicConstraints=CA:FALSE", "", ["ISSUER_NO_AUTHORITY"]],
  ["an issuer without basic constraints", "subjectKeyIdentifier=hash", "", ["ISSUER_NO_AUTHORITY"]],
  ["a key that may not sign", "basicConstraints=CA:TRUE\nkeyUsage=cRLSign", "", ["ISSUER_NO_AUTHORITY"]],
  ["an unknown critical extension", CA, "1.2.3.4=critical,DER:0500", ["UNKNOWN_CRITICAL_EXTENSION"]],
  [
    "an unknown critical extension of the issuer",
    `${CA}\n1.2.3.4=critical,DER:0500`,
    "",
    ["ISSUER_UNKNOWN_CRITICAL_EXTENSION"],
  ],
  ["a DNS name within what is permitted", EXAMPLE, "subjectAltName=DNS:a.example.com,DNS:EXAMPLE.com", []],
  ["a DNS name outside", EXAMPLE, "subjectAltName=DNS:a.example.com,DNS:a.example.org", ["NAME_NOT_PERMITTED"]],
  ["a DNS name that only ends alike", EXAMPLE, "subjectAltName=DNS:badexample.com", ["NAME_NOT_PERMITTED"]],
  ["a DNS name in the subject alone", EXAMPLE, "", ["NAME_NOT_PERMITTED"]],
  ["names of a kind that is not bounded", EXAMPLE, "subjectAltName=DNS:example.com,IP:192.0.2.7", []],
  [
    "bounds that are not critical",
    `${CA}\nnameConstraints=permitted;DNS:example.com`,
    "subjectAltName=DNS:a.example.org",
    ["NAME_NOT_PERMITTED"],
  ],
  [
    "a DNS name that is excluded",
    `${CA}\nnameConstraints=critical,permitted;DNS:example.com,excluded;DNS:bank.example.com`,
    "subjectAltName=DNS:www.bank.example.com",
    ["NAME_EXCLUDED"],
  ],
  [
    "a domain with a dot before it",
    `${CA}\nnameConstraints=critical,permitted;DNS:.example.com`,
    "subjectAltName=DNS:a.example.com,DNS:example.com",
    ["NAME_NOT_PERMITTED"],
  ],
  ["an address within what is permitted", NET, "subjectAltName=DNS:a.example.org,IP:192.0.2.7", []],
  ["an address outside", NET, "subjectAltName=DNS:a.example.org,IP:192.0.3.7", ["NAME_NOT_PERMITTED"]],
  [
    "an address of IPv6 where IPv4 is permitted",
    NET,
    "subjectAltName=DNS:a.example.org,IP:2001:db8::1",
    ["NAME_NOT_PERMITTED"],
  ],
  [
    "an address that is excluded",
    `${CA}\nnameConstraints=critical,excluded;IP:2001:db8:0:0:0:0:0:0/ffff:fff0:0:0:0:0:0:0`,
    "subjectAltName=DNS:a.example.org,IP:2001:db8::1,IP:2001:dc8::1",
    ["NAME_EXCLUDED"],
  ],
  [
    "a subject outside the directory that is permitted",
    `${CA}\nnameConstraints=critical,permitted;dirName:here\n[here]\nO=Elsewhere`,
    "",
    ["ISSUER_CONSTRAINTS_UNPROCESSED"],
  ],
];

/** The extensions of paths of three from the root down, and what is wrong with the link in the middle. */
export const longPaths: readonly (readonly [extensions: readonly string[], codes: readonly string[]])[] = [
  [[`basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=keyCertSign`, CA, ""], ["ISSUER_PATH_TOO_LONG"]],
  [[`basicConstraints=critical,CA:TRUE,pathlen:1\nkeyUsage=keyCertSign`, CA, ""], []],
];

/** What the client takes of X.509, loaded when it is used for the first time. */
export { checkCertificate } from "./checkCertificate.js";
export { keyHashOf } from "./keyHashOf.js";
export { parseCertificate } from "./parseCertificate.js";
export { readP256Key } from "./readP256Key.js";

// The library finds its parts by the metadata that this adds to Reflect: it has to come first.
import "reflect-metadata";

export {
  ChallengePasswordAttribute,
  Name,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  X509Certificate,
} from "@peculiar/x509";

import { memberApprovalTypedData } from "../../committee/documents/memberApprovalTypedData.js";
import type { DocumentCodec, GuildhallDocument, SignatureClaim } from "../../core/documents/DocumentCodec.js";
import { address, boolean, bytes, object, type Schema } from "../../core/documents/schema/index.js";
import { hashTyped } from "../../core/signatures/hashTyped.js";
import type { TypedData } from "../../core/signatures/TypedData.js";
import type { Application } from "../Application.js";
import type { CertificationResult } from "../CertificationResult.js";
import { applicationSchema, resultSchema } from "../schemas.js";
import type { CentreAdmission, CentreRetirement } from "./CentreAdmission.js";
import { centreAdmissionTypedData } from "./centreAdmissionTypedData.js";
import { centreRetirementTypedData } from "./centreRetirementTypedData.js";
import type { CertificateRequest, CommitteeRequest } from "./CertificateRequest.js";
import { certificateRequestTypedData } from "./certificateRequestTypedData.js";
import { committeeRequestTypedData } from "./committeeRequestTypedData.js";
import { resultTypedData } from "./resultTypedData.js";
import {
  centreAdmissionSchema,
  centreRetirementSchema,
  certificateRequestSchema,
  committeeRequestSchema,
} from "./schemas.js";

const MAX_SIGNATURE_BYTES = 24_576;
const MAX_MEMBERS = 256;
const signature = bytes({ min: 1, max: MAX_SIGNATURE_BYTES });

/** One member's signature of what a committee approves. */
export type MemberEntry = { readonly member: string; readonly wallet: boolean; readonly signature: string };

/** What a committee approves, with the registry that knows its members. */
export type CommitteeBody<Name extends string, T> = { readonly registry: string } & Readonly<Record<Name, T>>;

/** A codec of something that the members of a committee sign, each for itself. */
function committeeCodec<Type extends string, Name extends string, T>(
  type: Type,
  name: Name,
  schema: Schema<T>,
  typedData: (place: { readonly chainId: bigint; readonly contract: string }, value: T) => TypedData,
): DocumentCodec<Type, CommitteeBody<Name, T>, MemberEntry> {
  return {
    type,
    body: object({ registry: address(), [name]: schema }) as unknown as Schema<CommitteeBody<Name, T>>,
    entry: object({ member: address(), wallet: boolean(), signature }),
    maxSignatures: MAX_MEMBERS,
    claims: (document: GuildhallDocument<Type, CommitteeBody<Name, T>, MemberEntry>): readonly SignatureClaim[] => {
      const { registry } = document.body;
      const digest = hashTyped(typedData(document, document.body[name]));
      const place = { chainId: document.chainId, registry };
      return document.signatures.map((entry) => ({
        role: "member",
        account: entry.member,
        digest: entry.wallet ? hashTyped(memberApprovalTypedData(place, { member: entry.member, digest })) : digest,
        signature: entry.signature,
      }));
    },
  };
}

/**
 * An application. Nobody signs it: who holds the key shows it by the signing request, and the application's id is its hash.
 */
export const applicationCodec: DocumentCodec<
  "Application",
  { readonly application: Application },
  { readonly signature: string }
> = {
  type: "Application",
  body: object({ application: applicationSchema }),
  entry: object({ signature }),
  maxSignatures: 0,
  claims: () => [],
};

/** A result with the signatures of centres, which an ApprovalCollector makes an approval of. */
export const certificationResultCodec: DocumentCodec<
  "CertificationResult",
  CommitteeBody<"result", CertificationResult>,
  MemberEntry
> = committeeCodec("CertificationResult", "result", resultSchema, resultTypedData);

/** A request with the signature of the certificate's holder or receiving centre. */
export const certificateRequestCodec: DocumentCodec<
  "CertificateRequest",
  { readonly requester: string; readonly request: CertificateRequest },
  { readonly signature: string }
> = {
  type: "CertificateRequest",
  body: object({ requester: address(), request: certificateRequestSchema }),
  entry: object({ signature }),
  maxSignatures: 1,
  claims: (document) => {
    const { requester: account, request } = document.body;
    const digest = hashTyped(certificateRequestTypedData(document, request));
    return document.signatures.map((entry) => ({ role: "requester", account, digest, signature: entry.signature }));
  },
};

/** A request with the signatures of the committee's members. */
export const committeeRequestCodec: DocumentCodec<
  "CommitteeRequest",
  CommitteeBody<"request", CommitteeRequest>,
  MemberEntry
> = committeeCodec("CommitteeRequest", "request", committeeRequestSchema, committeeRequestTypedData);

/** A centre's admission with the signatures of the committee's members. */
export const centreAdmissionCodec: DocumentCodec<
  "CentreAdmission",
  CommitteeBody<"admission", CentreAdmission>,
  MemberEntry
> = committeeCodec("CentreAdmission", "admission", centreAdmissionSchema, centreAdmissionTypedData);

/** A centre's retirement with the signatures of the committee's members. */
export const centreRetirementCodec: DocumentCodec<
  "CentreRetirement",
  CommitteeBody<"retirement", CentreRetirement>,
  MemberEntry
> = committeeCodec("CentreRetirement", "retirement", centreRetirementSchema, centreRetirementTypedData);

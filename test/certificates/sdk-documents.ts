import { readFileSync } from "node:fs";

import { expect } from "chai";
import { id, keccak256, toUtf8Bytes, TypedDataEncoder, Wallet } from "ethers";

import type { TypedData } from "../../sdk/src/core/signatures/TypedData.js";
import {
  type Application,
  applicationCodec,
  applicationIdOf,
  type CentreAdmission,
  centreAdmissionCodec,
  centreAdmissionTypedData,
  centreRetirementCodec,
  centreRetirementTypedData,
  certificateIdOf,
  type CertificateRequest,
  certificateRequestCodec,
  certificateRequestTypedData,
  certificateTypes,
  certificationResultCodec,
  committeeRequestCodec,
  committeeRequestTypedData,
  createDocument,
  type DocumentError,
  hashTyped,
  operations,
  parseDocument,
  recordIdOf,
  requesters,
  resultTypedData,
  serializeDocument,
  verifyDocument,
} from "../../sdk/src/index.js";
import { mutableTypes } from "../../sdk/src/core/signatures/hashTyped.js";

type Fields = Readonly<Record<string, string & number & boolean>>;
type Vectors = {
  readonly chainId: string;
  readonly contract: string;
  readonly types: Readonly<Record<string, { readonly type: string; readonly hash: string }>>;
  readonly structs: Readonly<Record<string, Fields>>;
  readonly hashes: Readonly<Record<string, string>>;
  readonly digests: Readonly<Record<string, string>>;
};

const vectors = JSON.parse(
  readFileSync(new URL("../../vectors/certificates.json", import.meta.url), "utf8"),
) as Vectors;
const place = { chainId: BigInt(vectors.chainId), contract: vectors.contract };

/** A struct of the vectors in the SDK's types: enums by name. */
function struct(name: string): Fields {
  return vectors.structs[name] ?? expect.fail(`no ${name} in the vectors`);
}

function requestIn({ operation, ...fields }: Fields): CertificateRequest {
  const { certificateId, previousRecord, reason, successorId, centre, deadline } = fields as unknown as Omit<
    Required<CertificateRequest>,
    "operation"
  >;
  const name = operations[Number(operation)] ?? expect.fail("no such operation");
  return { certificateId, previousRecord, operation: name, reason, successorId, centre, deadline };
}

describe("certificates SDK", () => {
  describe("golden vectors", () => {
    it("reproduces every type string that it hashes", () => {
      for (const [name, table] of Object.entries(certificateTypes)) {
        const text = TypedDataEncoder.from(mutableTypes(table)).encodeType(name);
        expect(text).to.equal(vectors.types[name]?.type);
        expect(keccak256(toUtf8Bytes(text))).to.equal(vectors.types[name]?.hash);
      }
      // What the ledger keeps by hash alone.
      const rest = Object.keys(vectors.types).filter((name) => !Object.hasOwn(certificateTypes, name));
      expect(rest).to.deep.equal(["Holding", "Issuer"]);
    });

    it("reproduces the ids of applications, certificates and records", () => {
      const application = struct("Application") as unknown as Application;
      expect(applicationIdOf(application)).to.equal(vectors.hashes["Application"]);
      const { committeeId = "", contentHash = "" } = struct("Certificate");
      expect(certificateIdOf({ committeeId, contentHash })).to.equal(vectors.hashes["Certificate"]);
      const { operation, requester, ...record } = struct("Record") as unknown as Omit<
        Parameters<typeof recordIdOf>[0],
        "operation" | "requester"
      > & { readonly operation: number; readonly requester: number };
      const names = { operation: operations[operation]!, requester: requesters[requester]! };
      expect(recordIdOf({ ...record, ...names })).to.equal(vectors.hashes["Record"]);
    });

    it("reproduces the digest of everything that is signed", () => {
      const { committeeId = "", epoch = 0, ...request } = struct("CommitteeRequest");
      const typed: Readonly<Record<string, TypedData>> = {
        CentreAdmission: centreAdmissionTypedData(place, struct("CentreAdmission") as unknown as CentreAdmission),
        CentreRetirement: centreRetirementTypedData(place, struct("CentreRetirement") as never),
        CertificateRequest: certificateRequestTypedData(place, requestIn(struct("CertificateRequest"))),
        CertificationResult: resultTypedData(place, struct("CertificationResult") as never),
        CommitteeRequest: committeeRequestTypedData(place, { committeeId, epoch, request: requestIn(request) }),
      };
      expect(Object.keys(typed)).to.deep.equal(Object.keys(vectors.digests));
      for (const [name, data] of Object.entries(typed)) expect(hashTyped(data), name).to.equal(vectors.digests[name]);
    });
  });

  describe("documents as JSON", () => {
    const key = new Wallet(id("a member"));
    const hash = id("hash");
    const registry = "0x00000000000000000000000000000000000000Aa";
    const request: CertificateRequest = {
      ...{ certificateId: hash, previousRecord: id("head"), operation: "REVOKE", reason: 1, deadline: 1_900_000_000 },
    };
    const sign = (data: TypedData) => key.signingKey.sign(hashTyped(data)).serialized;
    const member = (data: TypedData) => ({ member: key.address, wallet: false, signature: sign(data) });

    it("come back as they were, and their signatures verify", async () => {
      const admission: CentreAdmission = {
        ...{ committeeId: hash, epoch: 1, account: key.address, issuerKeyHash: hash, issuerIsP256: true, salt: hash },
      };
      const retirement = { committeeId: hash, epoch: 1, centre: 2 };
      const about = { committeeId: hash, epoch: 1, applicationId: hash, tbsHash: hash };
      const result = { ...about, contentHash: id("no"), approved: true, reason: 0 };
      const asked = { committeeId: hash, epoch: 1, request: { ...request, operation: "REHOME", centre: 3 } } as const;
      const documents = [
        createDocument(certificateRequestCodec, {
          ...place,
          body: { requester: key.address, request },
          signatures: [{ signature: sign(certificateRequestTypedData(place, request)) }],
        }),
        createDocument(committeeRequestCodec, {
          ...place,
          body: { registry, request: asked },
          signatures: [member(committeeRequestTypedData(place, asked))],
        }),
        createDocument(centreAdmissionCodec, {
          ...place,
          body: { registry, admission },
          signatures: [member(centreAdmissionTypedData(place, admission))],
        }),
        createDocument(centreRetirementCodec, {
          ...place,
          body: { registry, retirement },
          signatures: [member(centreRetirementTypedData(place, retirement))],
        }),
        createDocument(certificationResultCodec, {
          ...place,
          body: { registry, result },
          signatures: [member(resultTypedData(place, result))],
        }),
      ] as const;
      const codecs = [
        ...[certificateRequestCodec, committeeRequestCodec, centreAdmissionCodec],
        ...[centreRetirementCodec, certificationResultCodec],
      ] as const;
      for (const [i, document] of documents.entries()) {
        const codec = codecs[i] as unknown as typeof certificateRequestCodec;
        const text = serializeDocument(codec, document as never);
        const parsed = parseDocument(text, [codec]);
        expect(parsed).to.deep.equal(document);
        const verdict = await verifyDocument(codec, parsed);
        expect(verdict.valid, codec.type).to.equal(true);
        expect(verdict.claims).to.have.length(1);
        // The same signature on another chain is another's.
        const abroad = await verifyDocument(codec, { ...parsed, chainId: 1n });
        expect(abroad.valid, codec.type).to.equal(false);
      }
    });

    it("carry an application without a signature, its predecessor only where there is one", () => {
      const application = struct("Application") as unknown as Application;
      const { predecessorId: _, ...first } = application;
      for (const body of [{ application }, { application: first }]) {
        const document = createDocument(applicationCodec, { ...place, body });
        expect(parseDocument(serializeDocument(applicationCodec, document), [applicationCodec]).body).to.deep.equal(
          body,
        );
      }
    });

    it("are refused with a field of another kind", () => {
      const wrong = (change: object): DocumentError => {
        try {
          createDocument(certificateRequestCodec, {
            ...place,
            body: { requester: key.address, request: { ...request, ...change } },
          });
        } catch (error) {
          return error as DocumentError;
        }
        return expect.fail("it was taken");
      };
      expect(wrong({ operation: "STEAL" }).code).to.equal("DOCUMENT_OUT_OF_RANGE");
      expect(wrong({ reason: 256 }).code).to.equal("DOCUMENT_OUT_OF_RANGE");
      expect(wrong({ certificateId: "0x12" }).code).to.equal("DOCUMENT_OUT_OF_RANGE");
    });
  });
});

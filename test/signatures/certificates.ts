import { id, ZeroHash } from "ethers";

import {
  type Application,
  applicationIdOf,
  approving,
  CERTIFICATE_TYPES,
  type CertificateType,
  certificateIdOf,
  type CentreConfig,
  deployLedger,
  type Domain,
  domainOf,
  NEVER,
  NONE,
  Operation,
  type Request,
} from "../helpers/certificates.js";
import { approvalOfKeys } from "../helpers/committee.js";
import { anybody, type Party } from "../helpers/deals.js";
import { type ApprovalRow, approvalSlots, type Board, boardAt } from "./committees.js";
import { digestOf } from "./digestOf.js";
import type { Other, Place, Situation, Slot, Typed } from "./Slot.js";

const QUORUM = [0, 1, 2, 3];
const CONTENT = id("a certificate");
const KEY = id("a subject key");
const SALT = id("an admission");
const CENTRE = 1;
const OTHER_CENTRE = 2;

/** A committee of centres, a ledger of its own, two centres, and a certificate at the first of them. */
type Office = Board & {
  readonly ledger: Awaited<ReturnType<typeof deployLedger>>;
  readonly ledgerDomain: Domain;
  readonly parties: Readonly<Record<Role | "stranger", Party>>;
  readonly certificateId: string;
  readonly head: string;
  /** Of another key, to be certified yet. */
  readonly application: Application;
};

type Role = "centre" | "holder";

async function officeAt(place: Place, confirmed: boolean): Promise<Office> {
  const board = await boardAt(place, confirmed);
  const { chain, id: committeeId, epoch, keys } = board;
  const ledger = await deployLedger(chain, board.registry.target as string);
  const ledgerDomain = await domainOf(chain, ledger);
  const parties = {
    centre: anybody("a centre's account"),
    holder: anybody("a certificate's holder"),
    stranger: anybody("a stranger"),
  };
  const approve = (type: CertificateType, message: Typed["message"]) =>
    approvalOfKeys(keys, QUORUM, digestOf(typedOf(ledgerDomain, type, { committeeId, epoch, ...message })));
  for (const party of [parties.centre, anybody("another centre's account")]) {
    const config = configOf(party);
    const approval = approve("CentreAdmission", { ...config, salt: SALT });
    await ledger.admitCentre(committeeId, config, SALT, epoch, approval);
  }
  const application: Application = {
    committeeId,
    centre: CENTRE,
    applicant: parties.holder.address,
    subjectKeyHash: KEY,
    identityHash: id("an identity"),
    possessionHash: id("a request"),
    predecessorId: ZeroHash,
    notBefore: 0n,
    notAfter: NEVER,
    deadline: NEVER,
  };
  const result = { ...approving({ contentHash: CONTENT, epoch }), applicationId: applicationIdOf(application) };
  await ledger.issue(application, CONTENT, epoch, approve("CertificationResult", result), NONE);
  const certificateId = certificateIdOf(committeeId, CONTENT);
  const { head } = await ledger.certificateOf(certificateId);
  const next = { ...application, subjectKeyHash: id("another subject key") };
  return { ...board, ledger, ledgerDomain, parties, certificateId, head, application: next };
}

const configOf = ({ address: account }: Party): CentreConfig => ({
  account,
  issuerKeyHash: id("an issuer's key"),
  issuerIsP256: false,
});

const typedOf = (domain: Domain, type: CertificateType, message: Typed["message"]): Typed => ({
  domain,
  types: { [type]: CERTIFICATE_TYPES[type] },
  primaryType: type,
  message,
});

const requestOf = (
  { certificateId, head }: Office,
  operation: bigint,
  changes: Partial<Request> = {},
): Request & Typed["message"] => ({
  certificateId,
  previousRecord: head,
  operation,
  reason: 4n,
  successorId: ZeroHash,
  centre: 0n,
  deadline: NEVER - 1n,
  ...changes,
});

/** A request of one account, and the call that takes it. */
type RequestRow = {
  readonly role: Role;
  readonly where: string;
  readonly call: (office: Office, request: Request, signature: string) => Promise<unknown>;
};

const ROWS: readonly RequestRow[] = [
  {
    role: "holder",
    where: "executeAsHolder",
    call: async ({ ledger, stranger, parties }, request, signature) =>
      ledger.connect(stranger).executeAsHolder(request, KEY, parties.holder.address, signature),
  },
  {
    role: "centre",
    where: "executeAsCentre",
    call: async ({ ledger, stranger }, request, signature) =>
      ledger.connect(stranger).executeAsCentre(request, signature),
  },
];

function situation({ role, call }: RequestRow, office: Office): Situation {
  const { ledger, ledgerDomain, parties, chain, keys, application, epoch, stranger, id: committeeId } = office;
  const { address: account, sign } = parties[role];
  const request = requestOf(office, Operation.REVOKE);
  const typed = typedOf(ledgerDomain, "CertificateRequest", request);
  const digest = digestOf(typed);
  const others = Object.entries(parties)
    .filter(([name]) => name !== role)
    .map(([name, party]): Other => ({ name: `the ${name}`, offers: (asked) => [party.sign(asked)] }));
  const result = approving({ contentHash: id("another certificate"), epoch });
  const applicationId = applicationIdOf(application);
  const counted = digestOf(typedOf(ledgerDomain, "CertificationResult", { committeeId, applicationId, ...result }));
  return {
    chain,
    typed,
    account,
    sign,
    key: sign,
    others,
    present: async (signature) => call(office, request, signature),
    contract: ledger,
    refusal: (signature) =>
      signature === "0x"
        ? ["CertificateLedgerNotRequester", [account, stranger.address]]
        : ["CertificateLedgerWrongSignature", [account, digest]],
    callback: {
      target: ledger.target as string,
      change: ledger.interface.encodeFunctionData("countResults", [
        application,
        result,
        approvalOfKeys(keys, [0], counted),
      ]),
      read: ledger.interface.encodeFunctionData("eip712Domain"),
    },
  };
}

/** What the committee approves, by type: the message beside committee and epoch, and the call. */
const APPROVED: readonly {
  readonly type: CertificateType;
  readonly where: string;
  readonly message: (office: Office) => Typed["message"];
  readonly call: ApprovalRow<Office>["call"];
}[] = [
  {
    type: "CentreAdmission",
    where: "admitCentre",
    message: ({ parties }) => ({ ...configOf(parties.stranger), issuerIsP256: true, salt: SALT }),
    call: async ({ ledger, id: committeeId, epoch, parties, stranger }, approval) => {
      const config = { ...configOf(parties.stranger), issuerIsP256: true };
      return ledger.connect(stranger).admitCentre(committeeId, config, SALT, epoch, approval);
    },
  },
  {
    type: "CentreRetirement",
    where: "retireCentre",
    message: () => ({ centre: OTHER_CENTRE }),
    call: async ({ ledger, epoch, stranger }, approval) =>
      ledger.connect(stranger).retireCentre(OTHER_CENTRE, epoch, approval),
  },
  {
    type: "CertificationResult",
    where: "issue",
    message: ({ application, epoch }) => ({
      ...approving({ contentHash: id("another certificate"), epoch }),
      applicationId: applicationIdOf(application),
    }),
    call: async ({ ledger, application, epoch, stranger }, approval) =>
      ledger.connect(stranger).issue(application, id("another certificate"), epoch, approval, NONE),
  },
  {
    type: "CommitteeRequest",
    where: "executeAsCommittee",
    message: (office) => requestOf(office, Operation.REHOME, { centre: BigInt(OTHER_CENTRE) }),
    call: async (office, approval) => {
      const request = requestOf(office, Operation.REHOME, { centre: BigInt(OTHER_CENTRE) });
      return office.ledger.connect(office.stranger).executeAsCommittee(request, office.epoch, approval);
    },
  },
];

export const CERTIFICATE_SLOTS: readonly Slot[] = [
  ...ROWS.map((row): Slot => ({
    type: "CertificateRequest",
    name: `the ${row.role}'s CertificateRequest in ${row.where}`,
    lengths: [65, 64],
    emptyMeansCaller: true,
    hears: { key: true, code: true },
    places: ["on another chain", "in another contract", "in another committee"],
    at: async (place) => situation(row, await officeAt(place, false)),
  })),
  ...APPROVED.flatMap(({ type, where, message, call }) =>
    approvalSlots<Office>({
      type,
      where,
      board: officeAt,
      byGroup: true,
      typed: (office) => {
        const { ledgerDomain, id: committeeId, epoch } = office;
        return typedOf(ledgerDomain, type, { committeeId, epoch, ...message(office) });
      },
      call,
    }),
  ),
];

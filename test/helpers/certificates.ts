import { anyValue } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { expect } from "chai";
import type { Signer, Wallet } from "ethers";
import {
  AbiCoder,
  type BaseContract,
  type ContractTransactionResponse,
  id,
  keccak256,
  TypedDataEncoder,
  ZeroAddress,
  ZeroHash,
} from "ethers";
import { network } from "hardhat";

import type { CertificateLedger, CommitteeRegistry, ICertificateLedger } from "../../typechain-types/index.js";
import { approvalOfKeys, committeeDigest, committeeIdOf, memberKeys, NO_KEY } from "./committee.js";
import { type Certificate, certify, type Frame, p256Key, type Parts, partsOf } from "./der.js";
import { dealFrostGroup, frostApproval, signWithFrostGroup } from "./frost.js";
import { seededBytes } from "./random.js";

/** A simulated chain of a test's own. */
export type Connection = Awaited<ReturnType<typeof network.create>>;

export const home: Connection = await network.create();
export const { ethers, networkHelpers } = home;

export const AccountType = { NONE: 0n, ISSUING: 1n, FREEZING: 2n, REVOCATION: 3n, RETIRED: 4n, EXPIRY: 5n } as const;
export const Operation = {
  ISSUE: 0n,
  FREEZE: 1n,
  CONFIRM_FREEZE: 2n,
  UNFREEZE: 3n,
  REVOKE: 4n,
  UPDATE: 5n,
  EXPIRE: 6n,
  REHOME: 7n,
} as const;
export const Requester = { ANYONE: 0n, HOLDER: 1n, CENTRE: 2n, COMMITTEE: 3n } as const;
export const Verdict = {
  UNKNOWN: 0n,
  VALID: 1n,
  NOT_YET_VALID: 2n,
  EXPIRED: 3n,
  FROZEN: 4n,
  REVOKED: 5n,
  SUPERSEDED: 6n,
  MISMATCH: 7n,
  ISSUER_INACTIVE: 8n,
} as const;
export const Status = { OPEN: 0n, APPROVED: 1n, REJECTED: 2n } as const;

export const DAY = 86_400n;
export const CENTRE_FREEZE = 7n * DAY;
export const NEVER = 2n ** 40n - 1n;
export const THRESHOLD = 5;
export const QUORUM = [0, 1, 2, 3, 4];

/** No certificate: the subject key had none before. */
export const NONE = { certificateId: ZeroHash, holder: ZeroAddress };

/** What the ledger's structs are signed, or hashed for an id, as. */
export const CERTIFICATE_TYPES = {
  Application: fields(
    "bytes32 committeeId,uint32 centre,address applicant,bytes32 subjectKeyHash,bytes32 identityHash,bytes32 possessionHash,bytes32 predecessorId,uint40 notBefore,uint40 notAfter,uint40 deadline",
  ),
  CentreAdmission: fields(
    "bytes32 committeeId,uint32 epoch,address account,bytes32 issuerKeyHash,bool issuerIsP256,bytes32 salt",
  ),
  CentreRetirement: fields("bytes32 committeeId,uint32 epoch,uint32 centre"),
  Certificate: fields("bytes32 committeeId,bytes32 contentHash"),
  CertificateRequest: fields(
    "bytes32 certificateId,bytes32 previousRecord,uint8 operation,uint8 reason,bytes32 successorId,uint32 centre,uint40 deadline",
  ),
  CertificationResult: fields(
    "bytes32 committeeId,uint32 epoch,bytes32 applicationId,bytes32 tbsHash,bytes32 contentHash,bool approved,uint8 reason",
  ),
  CommitteeRequest: fields(
    "bytes32 committeeId,uint32 epoch,bytes32 certificateId,bytes32 previousRecord,uint8 operation,uint8 reason,bytes32 successorId,uint32 centre,uint40 deadline",
  ),
  Holding: fields("bytes32 certificateId,address holder"),
  Issuer: fields("bytes32 committeeId,bytes32 checkedKeyHash"),
  Record: fields(
    "bytes32 certificateId,uint40 from,uint40 to,uint8 operation,uint8 requester,uint8 reason,bytes32 requestHash,bytes32 previousRecord,uint256 blockNumber,uint40 timestamp",
  ),
};

export type CertificateType = keyof typeof CERTIFICATE_TYPES;
export type Application = ICertificateLedger.ApplicationStruct & {
  readonly notBefore: bigint;
  readonly notAfter: bigint;
  readonly deadline: bigint;
  readonly applicant: string;
  readonly subjectKeyHash: string;
};
export type CentreConfig = ICertificateLedger.CentreConfigStruct;
export type Request = ICertificateLedger.RequestStruct;
export type Holding = ICertificateLedger.HoldingStruct;
export type Domain = { name: string; version: string; chainId: bigint; verifyingContract: string };

function fields(list: string) {
  return list.split(",").map((field) => {
    const [type = "", name = ""] = field.split(" ");
    return { name, type };
  });
}

export function structHashOf(type: CertificateType, value: object): string {
  return TypedDataEncoder.hashStruct(type, { [type]: CERTIFICATE_TYPES[type] }, { ...value });
}

export function certificateIdOf(committeeId: string, contentHash: string): string {
  return structHashOf("Certificate", { committeeId, contentHash });
}

export const accountOf = (centre: bigint | number, type: bigint): bigint => (BigInt(centre) << 8n) | type;

/** The address that stands for an account. */
export const ownerOf = (account: bigint): string =>
  ethers.getAddress(`0x${Buffer.from("guildhallcentre").toString("hex")}${account.toString(16).padStart(10, "0")}`);

export async function domainOf(connection: Connection, ledger: BaseContract): Promise<Domain> {
  const { chainId } = await connection.ethers.provider.getNetwork();
  return {
    name: "Guildhall CertificateLedger",
    version: "1",
    chainId,
    verifyingContract: await ledger.getAddress(),
  };
}

export async function deployLedger({ ethers }: Connection, registry: string): Promise<CertificateLedger> {
  const verifier = await ethers.deployContract("P256Verifier");
  return ethers.deployContract("CertificateLedger", [registry, await verifier.getAddress()]);
}

/** The four centres: 1 signs with P-256, 2 and 4 with other keys, 3 belongs to another committee. */
export const P256_CENTRE = 1;
export const CENTRE = 2;
export const FOREIGN_CENTRE = 3;
export const OTHER_CENTRE = 4;

async function worldFixture(connection: Connection) {
  const { ethers } = connection;
  const [caller, p256Account, centreAccount, foreignAccount, otherAccount, holder, stranger] =
    await ethers.getSigners();
  const registry = await ethers.deployContract("CommitteeRegistry");
  const ledger = await deployLedger(connection, await registry.getAddress());
  const keys = memberKeys(7);
  const foreignKeys = memberKeys(2, "foreign");
  const issuer = p256Key("the issuer");
  const group = dealFrostGroup(THRESHOLD, 7, seededBytes("group"));
  const create = async (salt: string, members: readonly Wallet[], threshold: number) =>
    registry.connect(caller).create(id(salt), caller!.address, false, {
      members: members.map(({ address }) => address),
      threshold,
      groupKey: NO_KEY,
    });
  await create("centres", keys, THRESHOLD);
  await create("others", foreignKeys, 1);
  const world = {
    connection,
    ledger,
    registry,
    domain: await domainOf(connection, ledger),
    keys,
    foreignKeys,
    group,
    issuer,
    committeeId: committeeIdOf(caller!.address, id("centres")),
    foreignId: committeeIdOf(caller!.address, id("others")),
    caller: caller!,
    p256Account: p256Account!,
    centreAccount: centreAccount!,
    foreignAccount: foreignAccount!,
    otherAccount: otherAccount!,
    holder: holder!,
    stranger: stranger!,
  };
  await confirmGroupKey(world);
  await admit(world, { account: p256Account!.address, issuerKeyHash: issuer.keyHash, issuerIsP256: true });
  await admit(world, configOf(centreAccount!));
  await admit(world, configOf(foreignAccount!), { committeeId: world.foreignId });
  await admit(world, configOf(otherAccount!));
  return world;
}

const homeFixture = async () => worldFixture(home);

export type World = Awaited<ReturnType<typeof worldFixture>>;

/** The state that every test starts from: a committee of 5 of 7 with a group key, a foreign one, four centres. */
export async function loadWorld(): Promise<World> {
  return networkHelpers.loadFixture(homeFixture);
}

/** The same on another chain. */
export async function deployWorldOn(connection: Connection): Promise<World> {
  return worldFixture(connection);
}

const registryDomain = async ({ registry, domain }: { registry: CommitteeRegistry; domain: Domain }) => ({
  ...domain,
  name: "Guildhall CommitteeRegistry",
  verifyingContract: await registry.getAddress(),
});

async function confirmGroupKey(world: {
  registry: CommitteeRegistry;
  domain: Domain;
  keys: readonly Wallet[];
  group: World["group"];
  committeeId: string;
}): Promise<void> {
  const { registry, keys, group, committeeId } = world;
  const digest = committeeDigest(await registryDomain(world), "GroupKeyConfirmation", {
    committeeId,
    epoch: 1,
    groupKeyX: group.key.x,
    groupKeyY: group.key.y,
  });
  await registry.confirmGroupKey(committeeId, 1, group.key, approvalOfKeys(keys, QUORUM, digest));
}

/** Starts the committee's next epoch, with new members; the old one approves until `graceUntil`. Returns the new keys. */
export async function rotate(world: World, graceUntil: bigint): Promise<Wallet[]> {
  const next = memberKeys(7, "next");
  const members = next.map(({ address }) => address);
  const config = { members, threshold: THRESHOLD, groupKey: NO_KEY };
  await world.registry.connect(world.caller).rotate(world.committeeId, config, graceUntil, "0x");
  return next;
}

export const configOf = (account: { readonly address: string }): CentreConfig => ({
  account: account.address,
  issuerKeyHash: id(`issuer key of ${account.address}`),
  issuerIsP256: false,
});

/** Who approves, and how. */
export type By = {
  readonly committeeId?: string;
  readonly keys?: readonly Wallet[];
  readonly signers?: readonly number[];
  readonly epoch?: number;
  readonly frost?: boolean;
};

/** What is approved with, for the committee that the value names. */
export function approvalOf(
  world: Pick<World, "domain" | "keys" | "foreignKeys" | "group" | "foreignId">,
  type: CertificateType,
  value: { readonly committeeId: string } & Readonly<Record<string, unknown>>,
  { keys, signers, frost = false }: By = {},
): string {
  const digest = digestOf(world.domain, type, value);
  if (frost) return frostApproval(signWithFrostGroup(world.group, digest, seededBytes(digest)));
  const foreign = value.committeeId === world.foreignId;
  const members = keys ?? (foreign ? world.foreignKeys : world.keys);
  return approvalOfKeys(members, signers ?? (foreign ? [0] : QUORUM), digest);
}

export function digestOf(domain: Domain, type: CertificateType, value: object): string {
  return TypedDataEncoder.hash(domain, { [type]: CERTIFICATE_TYPES[type] }, { ...value });
}

/** Admits a centre. */
export async function admit(
  world: Pick<World, "ledger" | "domain" | "keys" | "foreignKeys" | "group" | "foreignId" | "caller"> & {
    committeeId: string;
  },
  config: CentreConfig,
  { committeeId = world.committeeId, epoch = 1, salt = id("admission"), ...by }: By & { salt?: string } = {},
) {
  const approval = approvalOf(world, "CentreAdmission", { committeeId, epoch, ...config, salt }, by);
  return world.ledger.connect(world.caller).admitCentre(committeeId, config, salt, epoch, approval);
}

/** Retires a centre. */
export async function retireCentre(
  world: World,
  centre: number,
  { committeeId = world.committeeId, epoch = 1, ...by }: By = {},
) {
  const approval = approvalOf(world, "CentreRetirement", { committeeId, epoch, centre }, by);
  return world.ledger.connect(world.caller).retireCentre(centre, epoch, approval);
}

export async function now({ networkHelpers }: Connection = home): Promise<bigint> {
  return BigInt(await networkHelpers.time.latest());
}

/** Mines a block at this time. */
export async function goTo(time: bigint): Promise<void> {
  await networkHelpers.time.increaseTo(time);
}

/** Gives the next block this time. */
export async function at(time: bigint): Promise<void> {
  await networkHelpers.time.setNextBlockTimestamp(time);
}

/** An application to a centre without a checked issuer, for a year from now on. */
export async function applicationOf(world: World, changes: Partial<Application> = {}): Promise<Application> {
  const start = await now(world.connection);
  return {
    committeeId: world.committeeId,
    centre: CENTRE,
    applicant: world.holder.address,
    subjectKeyHash: id("a subject key"),
    identityHash: id("an identity"),
    possessionHash: id("a request"),
    predecessorId: ZeroHash,
    notBefore: start - DAY,
    notAfter: start + 365n * DAY,
    deadline: start + 30n * DAY,
    ...changes,
  };
}

export const applicationIdOf = (application: Application): string => structHashOf("Application", application);

export type Result = { epoch: number; tbsHash: string; contentHash: string; approved: boolean; reason: number };

export const approving = (hashes: Partial<Result>): Result => ({
  epoch: 1,
  tbsHash: ZeroHash,
  contentHash: ZeroHash,
  approved: true,
  reason: 0,
  ...hashes,
});

export const rejecting = (changes: Partial<Result> = {}): Result =>
  approving({ approved: false, reason: 9, ...changes });

/** The approval of a result. */
export function resultApproval(world: World, application: Application, result: Result, by: By = {}): string {
  const value = {
    committeeId: String(application.committeeId),
    applicationId: applicationIdOf(application),
    ...result,
  };
  return approvalOf(world, "CertificationResult", value, by);
}

/** Brings results of these members. */
export async function count(world: World, application: Application, result: Result, by: By = {}) {
  const approval = resultApproval(world, application, result, by);
  return world.ledger.connect(world.caller).countResults(application, result, approval);
}

/** Issues a certificate whose issuer is not checked. */
export async function issue(
  world: World,
  application: Application,
  contentHash: string,
  { previous = NONE, epoch = 1, ...by }: By & { previous?: Holding } = {},
): Promise<ContractTransactionResponse> {
  const approval = resultApproval(world, application, approving({ contentHash, epoch }), by);
  return world.ledger.connect(world.caller).issue(application, contentHash, epoch, approval, previous);
}

export type Issued = {
  readonly certificateId: string;
  readonly contentHash: string;
  readonly application: Application;
};

let counter = 0;

/** Issues one and gives its id. Each has a subject key of its own. */
export async function issued(world: World, changes: Partial<Application> = {}): Promise<Issued> {
  counter += 1;
  const application = await applicationOf(world, { subjectKeyHash: id(`subject key ${counter}`), ...changes });
  const contentHash = id(`content of ${applicationIdOf(application)}`);
  await issue(world, application, contentHash);
  return { certificateId: certificateIdOf(String(application.committeeId), contentHash), contentHash, application };
}

/** An application to the centre whose issuer is checked, and a certificate that answers it. */
export async function certified(
  world: World,
  changes: Partial<Application> = {},
  { parts = {}, frame = {}, nameLength = 20 }: { parts?: Partial<Parts>; frame?: Frame; nameLength?: number } = {},
): Promise<{ application: Application; certificate: Certificate }> {
  const subject = p256Key("a subject");
  const application = await applicationOf(world, { centre: P256_CENTRE, subjectKeyHash: subject.keyHash, ...changes });
  const certificate = certify({ ...partsOf(subject.spki, application, nameLength), ...parts }, world.issuer, frame);
  return { application, certificate };
}

/** Issues a certificate whose issuer's signature the ledger checks. */
export async function issueChecked(
  world: World,
  application: Application,
  { der, tbsHash }: Pick<Certificate, "der" | "tbsHash">,
  {
    previous = NONE,
    epoch = 1,
    key = world.issuer,
    approval,
    ...by
  }: By & { previous?: Holding; key?: { readonly x: string; readonly y: string }; approval?: string } = {},
): Promise<ContractTransactionResponse> {
  const given = approval ?? resultApproval(world, application, approving({ tbsHash, epoch }), by);
  const { x, y } = key;
  return world.ledger.connect(world.caller).issueChecked(application, der, { x, y }, epoch, given, previous);
}

/** A request that consumes the certificate's head. */
export async function requestOf(
  { ledger }: Pick<World, "ledger">,
  certificateId: string,
  operation: bigint,
  changes: Partial<Request> = {},
): Promise<Request> {
  return {
    certificateId,
    previousRecord: (await ledger.certificateOf(certificateId)).head,
    operation,
    reason: 0n,
    successorId: ZeroHash,
    centre: 0n,
    deadline: NEVER,
    ...changes,
  };
}

/** The committee approves a request. */
export async function asCommittee(
  world: World,
  request: Request,
  { committeeId = world.committeeId, epoch = 1, ...by }: By = {},
) {
  const approval = approvalOf(world, "CommitteeRequest", { committeeId, epoch, ...request }, by);
  return world.ledger.connect(world.stranger).executeAsCommittee(request, epoch, approval);
}

/** The holder calls itself. */
export async function asHolder(world: World, { application }: Issued, request: Request) {
  const { subjectKeyHash, applicant } = application;
  return world.ledger.connect(world.holder).executeAsHolder(request, subjectKeyHash, applicant, "0x");
}

/** The centre's account calls itself. */
export async function asCentre(world: World, request: Request, account: Signer = world.centreAccount) {
  return world.ledger.connect(account).executeAsCentre(request, "0x");
}

export async function signRequest({ domain }: World, signer: Signer, request: Request): Promise<string> {
  return signer.signTypedData(domain, { CertificateRequest: CERTIFICATE_TYPES.CertificateRequest }, request);
}

export async function headOf({ ledger }: Pick<World, "ledger">, certificateId: string): Promise<string> {
  return (await ledger.certificateOf(certificateId)).head;
}

export async function verdictOf(
  { ledger }: Pick<World, "ledger">,
  { certificateId, contentHash }: Pick<Issued, "certificateId" | "contentHash">,
): Promise<bigint> {
  return (await ledger.verify(certificateId, contentHash)).verdict;
}

/** Demands that a call is refused by the ledger with exactly this, and that the honest call then succeeds. */
export async function refused(
  { ledger }: World,
  attempt: Promise<unknown>,
  error: string,
  args: readonly unknown[],
  honest?: () => Promise<unknown>,
): Promise<void> {
  await expect(attempt)
    .to.be.revertedWithCustomError(ledger, error)
    .withArgs(...args);
  if (honest !== undefined) await honest();
}

/** Demands that the committees' registry refuses a call. */
export async function unapproved(
  { registry }: World,
  attempt: Promise<unknown>,
  error: string,
  args: readonly unknown[],
  honest?: () => Promise<unknown>,
): Promise<void> {
  await expect(attempt)
    .to.be.revertedWithCustomError(registry, error)
    .withArgs(...args);
  if (honest !== undefined) await honest();
}

export type RecordFields = {
  readonly certificateId: string;
  readonly from: bigint;
  readonly to: bigint;
  readonly operation: bigint;
  readonly requester: bigint;
  readonly reason: bigint;
  readonly requestHash: string;
  readonly previousRecord: string;
  readonly blockNumber: bigint;
  readonly timestamp: bigint;
};

/** A record's id, by an encoding of its own. */
export function recordIdOf(record: RecordFields): string {
  const { certificateId, from, to, operation, requester, reason, requestHash, previousRecord } = record;
  const typeHash = id(TypedDataEncoder.from({ Record: CERTIFICATE_TYPES.Record }).encodeType("Record"));
  const words = [from, to, operation, requester, reason].map((value) => ["uint256", value] as const);
  return keccak256(
    AbiCoder.defaultAbiCoder().encode(
      ["bytes32", "bytes32", ...words.map(([type]) => type), "bytes32", "bytes32", "uint256", "uint256"],
      [
        typeHash,
        certificateId,
        ...words.map(([, value]) => value),
        requestHash,
        previousRecord,
        record.blockNumber,
        record.timestamp,
      ],
    ),
  );
}

/** The history of a certificate, told by the logs alone, and the head that it comes to. */
export async function historyOf({ ledger, connection }: World, certificateId: string) {
  const read = async (event: "CertificateIssued" | "CertificateMoved" | "RequestConsumed" | "Transfer") => {
    const filter =
      event === "Transfer"
        ? ledger.filters.Transfer(undefined, undefined, certificateId)
        : ledger.filters[event](certificateId);
    return ledger.queryFilter(filter as never, 0);
  };
  const logs = (
    await Promise.all(
      (["CertificateIssued", "CertificateMoved", "RequestConsumed", "Transfer"] as const).map(async (name) =>
        (await read(name)).map((log) => ({ name, log })),
      ),
    )
  )
    .flat()
    .sort((a, b) => a.log.blockNumber - b.log.blockNumber || a.log.index - b.log.index);
  const records: RecordFields[] = [];
  let head = ZeroHash;
  let requestHash = ZeroHash;
  let move = { operation: 0n, requester: 0n, reason: 0n };
  for (const { name, log } of logs) {
    const args = (log as unknown as { args: Readonly<Record<string, unknown>> }).args;
    if (name === "CertificateIssued") {
      requestHash = String(args.applicationId);
      move = { operation: Operation.ISSUE, requester: Requester.COMMITTEE, reason: 0n };
    } else if (name === "RequestConsumed") {
      requestHash = String(args.requestHash);
    } else if (name === "CertificateMoved") {
      const { operation, requester, reason } = args as unknown as typeof move;
      move = { operation, requester, reason };
    } else {
      const block = (await connection.ethers.provider.getBlock(log.blockNumber))!;
      const accounts = [args.from, args.to].map((owner) => BigInt(`0x${String(owner).slice(-10)}`));
      const record: RecordFields = {
        certificateId,
        from: accounts[0]!,
        to: accounts[1]!,
        ...move,
        requestHash,
        previousRecord: head,
        blockNumber: BigInt(log.blockNumber),
        timestamp: BigInt(block.timestamp),
      };
      head = recordIdOf(record);
      records.push(record);
      requestHash = ZeroHash;
    }
  }
  return { records, head };
}

export const ANY: unknown = anyValue;

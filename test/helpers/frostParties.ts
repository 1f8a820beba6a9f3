import { hexlify, randomBytes } from "ethers";

import {
  coordinateFrostSigning,
  createFrostIdentity,
  createMemoryNetwork,
  createMemoryNonceStore,
  FrostError,
  type FrostIdentity,
  type FrostMember,
  type FrostShare,
  type FrostSigningResult,
  type FrostTransport,
  generateFrostShare,
  type GenerateFrostShareOptions,
  joinFrostSigning,
  reshareFrostGroup,
  type ReshareFrostGroupOptions,
  type ReshareFrostGroupResult,
} from "../../sdk/src/frost/index.js";
import { type Deviation, deviating } from "./frostAdversary.js";

export type Party = { readonly identity: FrostIdentity; readonly member: FrostMember };
export type Deviations = Readonly<Record<string, Deviation>>;

/** Generous: nothing in a test waits this long unless it fails. */
export const patient = (): AbortSignal => AbortSignal.timeout(60_000);
/** For tests in which somebody stays silent. */
export const impatient = (): AbortSignal => AbortSignal.timeout(1_500);

export function makeParties(n: number, prefix = "member"): readonly Party[] {
  return Array.from({ length: n }, (_, index) => createFrostIdentity(`${prefix}-${index + 1}`));
}

export function random32(): string {
  return hexlify(randomBytes(32));
}

/** Connects parties in this process; some of them deviate. */
export function connect(ids: readonly string[], deviations: Deviations = {}): (id: string) => FrostTransport {
  const network = createMemoryNetwork(ids);
  return (id) => {
    const deviation = deviations[id];
    return deviation === undefined ? network(id) : deviating(network(id), ids, deviation);
  };
}

export type GenerationOptions = {
  readonly deviations?: Deviations;
  readonly patience?: () => AbortSignal;
  readonly change?: (options: GenerateFrostShareOptions) => GenerateFrostShareOptions;
};

/** Runs a key generation among all parties in this process, whatever comes of it. */
export async function attemptGeneration(
  parties: readonly Party[],
  threshold: number,
  { deviations = {}, patience = patient, change = (options) => options }: GenerationOptions = {},
): Promise<readonly PromiseSettledResult<FrostShare>[]> {
  const session = random32();
  const members = parties.map(({ member }) => member);
  const network = connect(
    members.map(({ id }) => id),
    deviations,
  );
  return Promise.allSettled(
    parties.map(({ identity }) => {
      const transport = network(identity.id);
      return generateFrostShare(change({ session, transport, self: identity, members, threshold, patience }));
    }),
  );
}

export async function generateShares(parties: readonly Party[], threshold: number): Promise<readonly FrostShare[]> {
  return valuesOf(await attemptGeneration(parties, threshold));
}

export type ResharingOptions = {
  readonly shares: readonly FrostShare[];
  readonly dealers: readonly Party[];
  readonly members: readonly Party[];
  readonly threshold: number;
  readonly deviations?: Deviations;
  readonly patience?: () => AbortSignal;
  readonly change?: (options: ReshareFrostGroupOptions) => ReshareFrostGroupOptions;
};

/** Runs a resharing among dealers and new members in this process, whatever comes of it; results by party. */
export async function attemptResharing({
  shares,
  dealers,
  members,
  threshold,
  deviations = {},
  patience = patient,
  change = (options) => options,
}: ResharingOptions): Promise<ReadonlyMap<string, PromiseSettledResult<ReshareFrostGroupResult>>> {
  const session = random32();
  const parties = new Map([...dealers, ...members].map((party) => [party.member.id, party]));
  const network = connect([...parties.keys()], deviations);
  const from = shares[0]!.group;
  const results = await Promise.allSettled(
    [...parties.values()].map(({ identity }) => {
      const dealing = dealers.some(({ member }) => member.id === identity.id);
      const share = dealing ? shares.find(({ member }) => member === identity.id) : undefined;
      return reshareFrostGroup(
        change({
          session,
          transport: network(identity.id),
          self: identity,
          from,
          dealers: dealers.map(({ member }) => member),
          members: members.map(({ member }) => member),
          threshold,
          ...(share === undefined ? {} : { share }),
          patience,
        }),
      );
    }),
  );
  return new Map([...parties.keys()].map((id, index) => [id, results[index]!]));
}

export type SigningOptions = {
  /** All members of the group; those without a share stay silent. */
  readonly parties: readonly Party[];
  readonly shares: readonly FrostShare[];
  readonly digest: string;
  readonly deviations?: Deviations;
  /** The coordinator's. */
  readonly patience?: () => AbortSignal;
  /** The members'. */
  readonly signerPatience?: () => AbortSignal;
  /** The digest that a member means to sign, where it is another. */
  readonly digestOf?: (member: string) => string;
};

export type SigningOutcome = {
  readonly result: PromiseSettledResult<FrostSigningResult>;
  readonly answers: readonly PromiseSettledResult<string>[];
};

/** Runs a signing session in this process with a coordinator of its own, whatever comes of it. */
export async function attemptSigning({
  parties,
  shares,
  digest,
  deviations = {},
  patience = patient,
  signerPatience = patient,
  digestOf = () => digest,
}: SigningOptions): Promise<SigningOutcome> {
  const session = random32();
  const coordinator = createFrostIdentity("coordinator");
  const members = parties.map(({ member }) => member);
  const network = connect([coordinator.member.id, ...members.map(({ id }) => id)], deviations);
  const group = shares[0]!.group;
  const signing = shares.map((share) =>
    joinFrostSigning({
      session,
      transport: network(share.member),
      self: parties.find(({ identity }) => identity.id === share.member)!.identity,
      members,
      coordinator: coordinator.member,
      share,
      digest: digestOf(share.member),
      store: createMemoryNonceStore(),
      patience: signerPatience,
    }),
  );
  const coordinating = coordinateFrostSigning({
    session,
    transport: network(coordinator.member.id),
    self: coordinator.identity,
    coordinator: coordinator.member,
    members,
    group,
    digest,
    patience,
  });
  const [[result], answers] = await Promise.all([Promise.allSettled([coordinating]), Promise.allSettled(signing)]);
  return { result, answers };
}

export async function sign(options: SigningOptions): Promise<FrostSigningResult> {
  return valueOf((await attemptSigning(options)).result);
}

export function valueOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

export function valuesOf<T>(results: readonly PromiseSettledResult<T>[]): readonly T[] {
  return results.map(valueOf);
}

/** `CODE: names` of what went wrong, or `fine`. */
export function outcomeOf(result: PromiseSettledResult<unknown>): string {
  if (result.status === "fulfilled") return "fine";
  const error: unknown = result.reason;
  if (!(error instanceof FrostError)) return String(error);
  const { args, code } = error as FrostError;
  if ("reporter" in args) return `${args.reporter} reports ${args.fault}: ${args.members.join(", ")}`;
  return "members" in args ? `${code}: ${args.members.join(", ")}` : code;
}

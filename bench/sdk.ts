/**
 * `npm run bench:sdk` measures what the SDK does off chain and writes bench/results/sdk.json. Times are of CPU and depend on the
 * machine; the ratios to a bare ECDSA signature, taken in the same run, hardly do.
 */
import { writeFile } from "node:fs/promises";

import { secp256k1 } from "@noble/curves/secp256k1.js";
import { getBytes, hexlify, id, randomBytes, Wallet } from "ethers";
import { format, resolveConfig } from "prettier";

import {
  aggregateFrostSignature,
  commitFrostNonce,
  createFrostIdentity,
  createFrostSignatureShare,
  createMemoryNetwork,
  createMemoryNonceStore,
  endorsementTypedData,
  fromFrostApproval,
  type FrostShare,
  generateFrostShare,
  GuildhallError,
  hashTyped,
  type Offer,
  reshareFrostGroup,
  signTyped,
  toFrostApproval,
  verifyFrostSignature,
  verifySignature,
} from "../sdk/src/index.js";

const RESULTS = "bench/results/sdk.json";
/** CPU milliseconds that one measurement takes at least, unless one run takes longer. */
const SPAN = 500;

type Figure = {
  readonly id: string;
  readonly what: string;
  readonly milliseconds: number;
  readonly perSecond: number;
  /** Times a bare ECDSA signature of this run. */
  readonly ratio: number;
};

/** CPU time of this process in milliseconds: other load on the machine does not count. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** The mean CPU time of one run, in milliseconds. */
async function measure(run: () => unknown): Promise<number> {
  const start = cpuTime();
  let runs = 0;
  while (cpuTime() - start < SPAN) {
    await run();
    runs += 1;
  }
  return (cpuTime() - start) / runs;
}

const newSession = (): string => hexlify(randomBytes(32));
const patience = (): AbortSignal => AbortSignal.timeout(60_000);

/** A key generation among n members in this process. */
async function generate(threshold: number, n: number): Promise<readonly FrostShare[]> {
  const parties = Array.from({ length: n }, (_, index) => createFrostIdentity(`member-${index + 1}`));
  const members = parties.map(({ member }) => member);
  const network = createMemoryNetwork(members.map((member) => member.id));
  const session = newSession();
  return Promise.all(
    parties.map(({ identity }) => {
      const transport = network(identity.id);
      return generateFrostShare({ session, transport, self: identity, members, threshold, patience });
    }),
  );
}

/** A resharing from the first members of a group to all of them, in this process. */
async function reshare(shares: readonly FrostShare[]): Promise<void> {
  const { group } = firstOf(shares);
  const parties = shares.map(({ member }) => createFrostIdentity(member));
  const members = parties.map(({ member }) => member);
  const network = createMemoryNetwork(members.map((member) => member.id));
  const session = newSession();
  await Promise.all(
    parties.map(({ identity }, index) => {
      const share = index < group.threshold ? shares[index] : undefined;
      return reshareFrostGroup({
        session,
        transport: network(identity.id),
        self: identity,
        from: group,
        dealers: members.slice(0, group.threshold),
        members,
        threshold: group.threshold,
        ...(share === undefined ? {} : { share }),
        patience,
      });
    }),
  );
}

/** Both rounds of all signers, and the sum: what one signature costs all parties together. */
async function signTogether(signers: readonly FrostShare[], digest: string): Promise<string> {
  const store = createMemoryNonceStore();
  const nonces = await Promise.all(signers.map((share) => commitFrostNonce({ share, store })));
  const commitments = nonces.map(({ commitment }) => commitment);
  const signatureShares = new Map<string, string>();
  for (const [index, share] of signers.entries()) {
    const nonce = nonces[index];
    if (nonce === undefined) continue;
    signatureShares.set(share.member, await createFrostSignatureShare({ share, nonce, commitments, digest, store }));
  }
  return aggregateFrostSignature({ group: firstOf(signers).group, commitments, digest, signatureShares });
}

/** Both rounds of one signer among the others. */
async function oneSigner(signers: readonly FrostShare[], digest: string): Promise<() => Promise<void>> {
  const store = createMemoryNonceStore();
  const others = await Promise.all(signers.slice(1).map((share) => commitFrostNonce({ share, store })));
  const share = firstOf(signers);
  return async () => {
    const nonce = await commitFrostNonce({ share, store });
    const commitments = [nonce, ...others].map(({ commitment }) => commitment);
    await createFrostSignatureShare({ share, nonce, commitments, digest, store });
  };
}

function firstOf<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined) throw wrong("an empty list");
  return first;
}

function wrong(what: string): GuildhallError {
  return new GuildhallError({
    code: "BENCH_WRONG",
    args: { what },
    what: `The bench met ${what}.`,
    advice: "Run the tests: what is measured is broken.",
  });
}

const digest = id("what is signed");
const secretKey = randomBytes(32);
const message = getBytes(digest);
const figures: Figure[] = [];
let baseline = 0;
const record = (name: string, what: string, milliseconds: number): void => {
  const ratio = Number((milliseconds / baseline).toPrecision(3));
  const figure = { id: name, what, milliseconds: Number(milliseconds.toPrecision(4)), perSecond: 0, ratio };
  figures.push({ ...figure, perSecond: Number((1_000 / milliseconds).toPrecision(4)) });
  console.log(`${name.padEnd(30)} ${milliseconds.toFixed(3).padStart(10)} ms   ${ratio.toFixed(1).padStart(8)} x`);
};

const signBare = (): unknown => secp256k1.sign(message, secretKey, { prehash: false });
await measure(signBare); // warms up
baseline = await measure(signBare);
record("ecdsa.sign", "a bare ECDSA signature of 32 bytes, @noble/curves", baseline);

const wallet = new Wallet(hexlify(randomBytes(32)));
const offer: Offer = {
  saleId: id("sale"),
  merchant: wallet.address,
  customer: `0x${"11".repeat(20)}`,
  token: `0x${"22".repeat(20)}`,
  saleAmount: 100_000_000n,
  policy: "PERCENT_OFF",
  discount: 1_000n,
  free: false,
  rebateMoment: 1_900_000_000,
  rebate: 5_000_000n,
  rebateRule: "DEAL_REQUIRED",
  maxUses: 3,
  counter: 0,
  salt: id("salt"),
};
const place = { chainId: 31337n, contract: `0x${"33".repeat(20)}` };
const typedData = endorsementTypedData(place, { type: "MerchantOfferEndorsement", offer });
const signed = await signTyped(wallet, typedData);
record(
  "documents.sign",
  "an offer's endorsement: hashed and signed",
  await measure(() => signTyped(wallet, typedData)),
);
record(
  "documents.verify",
  "an offer's endorsement: hashed and verified",
  await measure(async () => {
    const { account, signature } = signed;
    const verdict = await verifySignature({ account, digest: hashTyped(typedData), signature });
    if (!verdict.valid) throw wrong("a signature that does not verify");
  }),
);

for (const [threshold, n] of [
  [3, 5],
  [11, 16],
] as const) {
  const name = `${threshold}-of-${n}`;
  const shares = await generate(threshold, n);
  const signers = shares.slice(0, threshold);
  const { groupKey } = firstOf(shares).group;
  const signature = await signTogether(signers, digest);
  const valid = verifyFrostSignature({ groupKey, digest, signature: fromFrostApproval(toFrostApproval(signature)) });
  if (!valid) throw wrong("a FROST signature that does not verify");
  record(`frost.signer.${name}`, "both rounds of one signer", await measure(await oneSigner(signers, digest)));
  record(
    `frost.sign.${name}`,
    "both rounds of all signers and the sum",
    await measure(() => signTogether(signers, digest)),
  );
  record(
    `frost.dkg.${name}`,
    "key generation, all members in one process",
    await measure(() => generate(threshold, n)),
  );
  record(
    `frost.reshare.${name}`,
    "resharing to the same members, all in one process",
    await measure(() => reshare(shares)),
  );
  if (n === 5) {
    record(
      "frost.verify",
      "a FROST signature verified",
      await measure(() => verifyFrostSignature({ groupKey, digest, signature })),
    );
  }
}

const text = JSON.stringify({ baseline: "ecdsa.sign", figures });
await writeFile(RESULTS, await format(text, { ...(await resolveConfig(RESULTS)), filepath: RESULTS }));
console.log(`wrote ${RESULTS}`);

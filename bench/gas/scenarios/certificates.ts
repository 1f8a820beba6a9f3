import assert from "node:assert/strict";

import { type ContractTransactionResponse, getBytes, id } from "ethers";

import {
  applicationOf,
  CENTRE_FREEZE,
  certificateIdOf,
  certified,
  ethers,
  headOf,
  issue,
  issueChecked,
  loadWorld,
  networkHelpers,
  Verdict,
} from "../../../test/helpers/certificates.js";
import { calldataGas, type FloorParts, floorOf } from "../floor.js";
import { type Operation, operation } from "../Operation.js";

const CERTIFICATE_ISSUED = { topics: 4, bytes: 5 * 32 } as const;
const SIGNATURE_CHECKED = { topics: 2, bytes: 32 } as const;
const CERTIFICATE_MOVED = { topics: 2, bytes: 3 * 32 } as const;
const TOKEN_TRANSFER = { topics: 4, bytes: 0 } as const;
const LOCKED = { topics: 1, bytes: 32 } as const;

/** Byte lengths of what the FROST challenge hashes, and of a P-256 key's SubjectPublicKeyInfo. */
const CHALLENGE = [195, 63, 63];
const P256_KEY = 91;
const TX_BASE = 21_000;

const ATTESTATION = "an attestation service, 32 bytes, one attester, nothing checked";
const STORE = "a document store, one bit";

type Sent = { readonly gas: bigint; readonly calldata: string };

async function sent(transaction: Promise<ContractTransactionResponse>): Promise<Sent> {
  const response = await transaction;
  const receipt = await response.wait();
  assert(receipt);
  return { gas: receipt.gasUsed, calldata: response.data };
}

/** Certificates: issued on a FROST approval, moved by their centre, verified. */
export async function certificateOperations(): Promise<Operation[]> {
  // The same moments in every run, so that the same bytes are measured.
  await networkHelpers.time.setNextBlockTimestamp(2_000_000_000);
  const world = await loadWorld();
  const { ledger, committeeId, p256Account } = world;
  const operations: Operation[] = [];
  const add = (measured: Parameters<typeof operation>[0]): void => void operations.push(operation(measured));

  // The issuer's right, and the epoch with its key; the approval; word, head and holding.
  const issuing: FloorParts = {
    coldAccounts: 1,
    reads: 3,
    freshWrites: 3,
    ecrecovers: 1,
    logs: [CERTIFICATE_ISSUED, TOKEN_TRANSFER, LOCKED],
  };
  const { application, certificate } = await certified(world, {}, { nameLength: 130 });
  const length = getBytes(certificate.der).length;
  const checked = await sent(issueChecked(world, application, certificate, { frost: true }));
  add({
    id: "certificates.issue-checked",
    what: `on a FROST approval; P-256 signature of a certificate of ${length} bytes checked`,
    gas: checked.gas,
    floor: floorOf({
      ...issuing,
      calldata: checked.calldata,
      p256Verifies: 1,
      // The issuer's key, the certificate, its part that is signed, the subject's key; then the challenge.
      sha256: [P256_KEY, length, certificate.offsets.algorithm, P256_KEY, ...CHALLENGE],
      logs: [...(issuing.logs ?? []), SIGNATURE_CHECKED],
    }),
    budget: 150_000,
    peer: { gas: 200_956, whose: ATTESTATION },
  });

  const unchecked = await applicationOf(world, { subjectKeyHash: id("another key"), identityHash: id("another") });
  const plain = await sent(issue(world, unchecked, id("content"), { frost: true }));
  add({
    id: "certificates.issue",
    what: "on a FROST approval of the certificate's content",
    gas: plain.gas,
    floor: floorOf({ ...issuing, calldata: plain.calldata, sha256: CHALLENGE }),
    budget: 115_000,
    peer: { gas: 200_956, whose: ATTESTATION },
  });

  // The centre; word and head.
  const moving: FloorParts = { reads: 1, updates: 2, logs: [CERTIFICATE_MOVED, TOKEN_TRANSFER] };
  const certificateId = certificateIdOf(committeeId, certificate.contentHash);
  const centre = ledger.connect(p256Account);
  const execution = async (): Promise<number> => {
    const data = ledger.interface.encodeFunctionData("verify", [certificateId, certificate.contentHash]);
    const call = { to: await ledger.getAddress(), data, gas: "0x1000000" };
    const trace = (await ethers.provider.send("debug_traceCall", [call, "latest"])) as { readonly gas: number };
    return trace.gas - TX_BASE - calldataGas(data);
  };
  assert.equal((await ledger.verify(certificateId, certificate.contentHash)).verdict, Verdict.VALID);
  const verify = await execution();
  const HOLD = 6;
  const freeze = await sent(centre.freeze(certificateId, await headOf(world, certificateId), HOLD));
  add({
    id: "certificates.freeze",
    what: "by the receiving centre",
    gas: freeze.gas,
    floor: floorOf({ ...moving, calldata: freeze.calldata }),
    budget: 42_000,
  });
  const unfreeze = await sent(centre.unfreeze(certificateId, await headOf(world, certificateId)));
  add({
    id: "certificates.unfreeze",
    what: "by the receiving centre",
    gas: unfreeze.gas,
    floor: floorOf({ ...moving, calldata: unfreeze.calldata }),
    budget: 42_000,
  });
  await networkHelpers.time.increase(2n * CENTRE_FREEZE);
  const KEY_COMPROMISE = 1;
  const revoke = await sent(centre.revoke(certificateId, await headOf(world, certificateId), KEY_COMPROMISE));
  add({
    id: "certificates.revoke",
    what: "by the receiving centre",
    gas: revoke.gas,
    floor: floorOf({ ...moving, calldata: revoke.calldata }),
    budget: 42_000,
    peer: { gas: 50_961, whose: STORE },
  });
  add({
    id: "certificates.verify",
    what: "a valid certificate's verdict, execution",
    gas: verify,
    // Word, and the centre's committee.
    floor: floorOf({ reads: 2 }),
    budget: 12_000,
  });
  return operations;
}

import { expect } from "chai";
import { id, type JsonRpcSigner, Wallet, ZeroHash } from "ethers";

import {
  applicationIdOf,
  centreAdmissionTypedData,
  certificateActions,
  type CertificateEvent,
  type EventPlace,
  Guildhall,
  hashTyped,
  sendAction,
} from "../../sdk/src/index.js";
import { anvilProgram, startAnvil, type TestNode } from "../helpers/node.js";
import { deploySuite } from "../helpers/suite.js";

const anvil = anvilProgram();
const CENTRE = { as: "CENTRE" } as const;

for (const program of anvil === undefined ? [] : [anvil]) {
  describe("certificates SDK", () => {
    describe("watch", function () {
      this.timeout(60_000);
      let node: TestNode;
      let hall: Guildhall;
      let certificateId: string;
      let centreSigner: JsonRpcSigner;
      beforeEach(async () => {
        node = await startAnvil(program);
        centreSigner = await node.provider.getSigner(0);
        const { Directory: directory } = await deploySuite(centreSigner);
        hall = await Guildhall.connect(centreSigner, { directory });
        certificateId = await issueOne();
      });
      afterEach(() => node.stop());

      async function issueOne(): Promise<string> {
        const { committees, certificates, context } = hall;
        const member = new Wallet(id("a centre that decides alone"));
        const config = { members: [member.address], threshold: 1 };
        const { committeeId } = await (await committees.create({ salt: id("centres"), config })).wait();
        const approve = async (digest: string): Promise<string> => {
          const collector = await committees.collect({ committeeId, digest });
          await collector.add({ signature: member.signingKey.sign(digest).serialized });
          return collector.build();
        };
        const issuer = { account: centreSigner.address, issuerKeyHash: id("an issuer"), issuerIsP256: false };
        const admission = { committeeId, epoch: 1, ...issuer, salt: id("admission") };
        const admitted = await approve(hashTyped(centreAdmissionTypedData(certificates.place, admission)));
        const { centre } = await (await certificates.admitCentre({ ...admission, approval: admitted })).wait();
        const now = Number(await context.clock());
        const application = {
          ...{ committeeId, centre, applicant: member.address, subjectKeyHash: id("a key"), identityHash: id("who") },
          ...{ possessionHash: id("a request"), notBefore: now - 10, notAfter: now + 10 ** 7, deadline: now + 10 ** 4 },
        };
        const contentHash = id("content");
        const about = { committeeId, epoch: 1, applicationId: applicationIdOf(application), approved: true, reason: 0 };
        const approval = await approve(certificates.resultDigest({ ...about, tbsHash: ZeroHash, contentHash }));
        const approved = { epoch: 1, approval };
        const action = certificateActions.issue(certificates.address, { application, contentHash, approved });
        return (await (await sendAction(context, action)).wait()).certificateId;
      }

      /** What a watcher tells, with what was taken back; `reached(n)` resolves with the n-th. */
      function watchFrom(options: { readonly fromBlock?: number; readonly after?: EventPlace } = { fromBlock: 0 }) {
        const told: string[] = [];
        const events: CertificateEvent[] = [];
        const waiting = new Map<number, () => void>();
        const note = (sign: string, { name, args }: CertificateEvent): void => {
          told.push(`${sign}${name === "CertificateMoved" ? args.operation : name}`);
          waiting.get(told.length)?.();
        };
        const stop = hall.certificates.watch(
          (event) => {
            events.push(event);
            note("+", event);
          },
          {
            ...options,
            onRemoved: (event) => {
              note("-", event);
            },
          },
        );
        const reached = (count: number): Promise<void> =>
          new Promise((resolve) => {
            if (told.length >= count) resolve();
            else waiting.set(count, resolve);
          });
        return { told, events, stop, reached };
      }
      const freeze = async () => (await hall.certificates.freeze({ certificateId, by: CENTRE })).wait();
      const revoke = async () => (await hall.certificates.revoke({ certificateId, by: CENTRE })).wait();

      it("takes back a change that a reorganisation replaced, and tells what came instead", async () => {
        const { told, reached, stop } = watchFrom();
        await reached(1);
        await freeze();
        await reached(2);
        await node.provider.send("anvil_reorg", [1, []]);
        await revoke();
        await reached(4);
        await stop();
        expect(told).to.deep.equal(["+CertificateIssued", "+FREEZE", "-FREEZE", "+REVOKE"]);
      });

      it("goes on after the place where a process before it ended, losing and repeating nothing", async () => {
        const first = watchFrom();
        await freeze();
        await first.reached(2);
        await first.stop();
        const last = first.events.at(-1) ?? expect.fail("nothing was told");
        await (await hall.certificates.unfreeze({ certificateId, by: CENTRE })).wait();
        await revoke();
        const second = watchFrom({ after: last });
        await second.reached(2);
        await second.stop();
        expect(second.told).to.deep.equal(["+UNFREEZE", "+REVOKE"]);
      });
    });
  });
}

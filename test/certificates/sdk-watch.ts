import { expect } from "chai";
import type { JsonRpcSigner } from "ethers";

import { type CertificateEvent, type EventPlace, Guildhall } from "../../sdk/src/index.js";
import { issueOne } from "../helpers/issueOne.js";
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
        certificateId = await issueOne(hall, centreSigner.address);
      });
      afterEach(() => node.stop());

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

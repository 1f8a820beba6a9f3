import { expect } from "chai";

import {
  ApprovalCollector,
  checkApproval,
  decodeApproval,
  encodeApproval,
  type Epoch,
  fromFrostApproval,
  groupKeyConfirmationTypedData,
  hashTyped,
  toFrostApproval,
  toGroupKeyPoint,
} from "../../sdk/src/index.js";
import { approvalVectors } from "../helpers/approvalVectors.js";
import { approvalOfKeys, memberKeys } from "../helpers/committee.js";
import { configOf, createCommittee, deployRegistry, expectApproved } from "./fixture.js";

describe("the golden approvals", () => {
  const place = { chainId: 1n, registry: `0x${"c0".repeat(20)}` };

  it("are there", () => {
    expect(approvalVectors).to.have.length(8);
  });

  for (const vector of approvalVectors) {
    describe(`given ${vector.name}`, () => {
      const { members, threshold, digest, frost, approval } = vector;
      const epoch: Epoch = {
        committeeId: `0x${"11".repeat(32)}`,
        number: 1,
        members,
        threshold,
        attributable: false,
        validFrom: 0,
        validUntil: undefined,
        groupKey: frost === undefined ? undefined : toGroupKeyPoint(frost.groupKey),
        groupKeyConfirmed: frost !== undefined,
      };

      it("are built by the SDK from the signatures", async () => {
        const collector = new ApprovalCollector({ ...place, epoch, digest });
        for (const signature of vector.signatures) await collector.add(signature);
        if (frost !== undefined) collector.addFrost(frost.signature);
        expect(collector.build()).to.equal(approval);
        expect(encodeApproval(decodeApproval(approval))).to.equal(approval);
        if (frost !== undefined) {
          expect(toFrostApproval(frost.signature)).to.equal(approval);
          expect(fromFrostApproval(approval)).to.equal(frost.signature);
        }
      });

      it("pass the SDK's check", async () => {
        const verdict = await checkApproval({ ...place, epoch, digest, approval, now: 1 });
        expect(verdict).to.deep.include({ approved: true });
      });

      it("are accepted by the contract", async () => {
        const fixture = await deployRegistry();
        const id = await createCommittee(fixture, configOf(members, threshold));
        if (frost !== undefined) {
          const groupKey = toGroupKeyPoint(frost.groupKey);
          const { chainId, verifyingContract: registry } = fixture.domain;
          const confirmation = groupKeyConfirmationTypedData(
            { chainId, registry },
            { committeeId: id, epoch: 1, groupKey },
          );
          const keys = memberKeys(255, "approval vectors");
          const signers = [...Array(threshold).keys()];
          await fixture.registry.confirmGroupKey(
            id,
            1,
            groupKey,
            approvalOfKeys(keys, signers, hashTyped(confirmation)),
          );
        }
        await expectApproved(fixture, { id, approval, digest });
      });
    });
  }
});

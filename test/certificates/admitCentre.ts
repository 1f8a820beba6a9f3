import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";

import {
  admit,
  ANY,
  approvalOf,
  configOf,
  DAY,
  loadWorld,
  now,
  OTHER_CENTRE,
  QUORUM,
  refused,
  rotate,
  unapproved,
} from "../helpers/certificates.js";

describe("CertificateLedger", () => {
  describe("admitCentre", () => {
    async function fixture() {
      const world = await loadWorld();
      return { world, config: { ...configOf(world.stranger), issuerIsP256: true }, next: BigInt(OTHER_CENTRE) + 1n };
    }

    it("gives the next number to what the committee approved, whoever brings it", async () => {
      const { world, config, next } = await fixture();
      await expect(admit(world, config, { salt: id("new") }))
        .to.emit(world.ledger, "CentreAdmitted")
        .withArgs(next, world.committeeId, config.account, config.issuerKeyHash, true, id("new"));
      expect(await world.ledger.centreOf(next)).to.deep.equal([
        world.committeeId,
        config.account,
        config.issuerKeyHash,
        true,
        false,
      ]);
    });

    it("takes the group's signature as well", async () => {
      const { world, config, next } = await fixture();
      await admit(world, config, { frost: true });
      expect((await world.ledger.centreOf(next)).account).to.equal(config.account);
    });

    it("admits one account twice, under another salt or another committee", async () => {
      const { world, config, next } = await fixture();
      await admit(world, config);
      await admit(world, config, { salt: id("again") });
      await admit(world, config, { committeeId: world.foreignId });
      for (const number of [next, next + 1n, next + 2n]) {
        expect((await world.ledger.centreOf(number)).account).to.equal(config.account);
      }
      expect((await world.ledger.centreOf(next + 2n)).committeeId).to.equal(world.foreignId);
    });

    it("reverts when the admission was used before, in whatever epoch", async () => {
      const { world, config, next } = await fixture();
      await admit(world, config);
      await refused(world, admit(world, config), "CertificateLedgerCentreExists", [next]);
      const keys = await rotate(world, (await now()) + DAY);
      const again = admit(world, config, { epoch: 2, keys });
      await refused(world, again, "CertificateLedgerCentreExists", [next], async () =>
        admit(world, config, { epoch: 2, keys, salt: id("another") }),
      );
    });

    it("reverts without an account", async () => {
      const { world, config } = await fixture();
      const attempt = admit(world, { ...config, account: ZeroAddress });
      await refused(world, attempt, "CertificateLedgerCentreIncomplete", [ZeroAddress, config.issuerKeyHash]);
    });

    it("reverts without an issuer key", async () => {
      const { world, config } = await fixture();
      const attempt = admit(world, { ...config, issuerKeyHash: ZeroHash });
      await refused(world, attempt, "CertificateLedgerCentreIncomplete", [config.account, ZeroHash]);
    });

    it("reverts for too few members", async () => {
      const { world, config } = await fixture();
      const attempt = admit(world, config, { signers: QUORUM.slice(1) });
      await unapproved(world, attempt, "CommitteeTooFew", [world.committeeId, 1, 5, 4], async () =>
        admit(world, config),
      );
    });

    it("reverts for the approval of another committee", async () => {
      const { world, config } = await fixture();
      const salt = id("salt");
      const value = { committeeId: world.foreignId, epoch: 1, ...config, salt };
      const approval = approvalOf(world, "CentreAdmission", value, { keys: world.keys });
      const attempt = world.ledger.admitCentre(world.committeeId, config, salt, 1, approval);
      const args = [world.committeeId, 1, world.keys[0]!.address];
      await unapproved(world, attempt, "CommitteeWrongSignature", args);
    });

    it("reverts for an epoch that is over", async () => {
      const { world, config } = await fixture();
      await rotate(world, 0n);
      const until = await now();
      const attempt = admit(world, config);
      await unapproved(world, attempt, "CommitteeEpochOver", [world.committeeId, 1, until, ANY]);
    });
  });
});

import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";

import {
  AccountType,
  accountOf,
  asCommittee,
  CENTRE,
  headOf,
  issued,
  loadWorld,
  Operation,
  OTHER_CENTRE,
  ownerOf,
  refused,
  requestOf,
} from "../helpers/certificates.js";

async function fixture() {
  const world = await loadWorld();
  const certificate = await issued(world);
  const { certificateId } = certificate;
  const owner = ownerOf(accountOf(CENTRE, AccountType.ISSUING));
  return { world, certificate, certificateId, owner };
}

describe("CertificateLedger", () => {
  describe("as an ERC-721", () => {
    it("shows the account as the owner, through each move", async () => {
      const { world, certificateId } = await fixture();
      const ledger = world.ledger.connect(world.centreAccount);
      const at = async (type: bigint, centre = CENTRE) => {
        expect(await ledger.ownerOf(certificateId)).to.equal(ownerOf(accountOf(centre, type)));
      };
      await at(AccountType.ISSUING);
      await ledger.freeze(certificateId, await headOf(world, certificateId), 6);
      await at(AccountType.FREEZING);
      await ledger.unfreeze(certificateId, await headOf(world, certificateId));
      const centre = BigInt(OTHER_CENTRE);
      await asCommittee(world, await requestOf(world, certificateId, Operation.REHOME, { centre }));
      await at(AccountType.ISSUING, OTHER_CENTRE);
      await asCommittee(world, await requestOf(world, certificateId, Operation.REVOKE));
      await at(AccountType.REVOCATION, OTHER_CENTRE);
    });

    it("says which address stands for an account", async () => {
      const { world } = await fixture();
      for (const account of [0n, 0x101n, accountOf(CENTRE, 5n), 2n ** 40n - 1n]) {
        const owner = await world.ledger.ownerOfAccount(account);
        expect(owner).to.equal(ownerOf(account));
        expect(owner.toLowerCase().slice(2, 32)).to.equal(Buffer.from("guildhallcentre").toString("hex"));
      }
    });

    it("supports ERC-165, ERC-721 and ERC-5192, and nothing else", async () => {
      const { world } = await fixture();
      for (const interfaceId of ["0x01ffc9a7", "0x80ac58cd", "0xb45a3c0e"]) {
        expect(await world.ledger.supportsInterface(interfaceId)).to.equal(true);
      }
      for (const interfaceId of ["0xffffffff", "0x5b5e139f", "0x780e9d63", "0x00000000"]) {
        expect(await world.ledger.supportsInterface(interfaceId)).to.equal(false);
      }
    });

    it("refuses to count tokens by owner", async () => {
      const { world, owner } = await fixture();
      for (const account of [owner, world.holder.address, ZeroAddress]) {
        await refused(world, world.ledger.balanceOf(account), "CertificateLedgerNotCounted", [account]);
      }
    });

    it("has approved nobody", async () => {
      const { world, certificateId, owner } = await fixture();
      expect(await world.ledger.getApproved(certificateId)).to.equal(ZeroAddress);
      expect(await world.ledger.isApprovedForAll(owner, world.holder.address)).to.equal(false);
    });

    it("is locked, as it said when it was issued", async () => {
      const { world, certificateId } = await fixture();
      expect(await world.ledger.locked(certificateId)).to.equal(true);
    });

    it("reverts for tokens that never were", async () => {
      const { world } = await fixture();
      for (const token of [ZeroHash, id("nothing")]) {
        for (const attempt of [
          world.ledger.ownerOf(token),
          world.ledger.locked(token),
          world.ledger.getApproved(token),
          world.ledger.certificateOf(token),
        ]) {
          await refused(world, attempt, "CertificateLedgerCertificateUnknown", [token]);
        }
      }
    });

    describe("given any attempt to move it freely", () => {
      type Fixture = Awaited<ReturnType<typeof fixture>>;
      const attempts: Readonly<Record<string, (fixed: Fixture, by: number) => Promise<unknown>>> = {
        transferFrom: async ({ world, owner, certificateId }, by) =>
          ledgerOf(world, by).transferFrom(owner, world.stranger.address, certificateId),
        "safeTransferFrom without data": async ({ world, owner, certificateId }, by) =>
          ledgerOf(world, by)["safeTransferFrom(address,address,uint256)"](
            owner,
            world.stranger.address,
            certificateId,
          ),
        "safeTransferFrom with data": async ({ world, owner, certificateId }, by) =>
          ledgerOf(world, by)["safeTransferFrom(address,address,uint256,bytes)"](
            owner,
            world.stranger.address,
            certificateId,
            "0x1234",
          ),
        "transferFrom to the same account": async ({ world, owner, certificateId }, by) =>
          ledgerOf(world, by).transferFrom(owner, owner, certificateId),
        "transferFrom to another account of the centre's": async ({ world, owner, certificateId }, by) =>
          ledgerOf(world, by).transferFrom(owner, ownerOf(accountOf(CENTRE, AccountType.EXPIRY)), certificateId),
        approve: async ({ world, certificateId }, by) =>
          ledgerOf(world, by).approve(world.stranger.address, certificateId),
        "approve of nobody": async ({ world, certificateId }, by) =>
          ledgerOf(world, by).approve(ZeroAddress, certificateId),
      };
      const ledgerOf = ({ ledger, holder, centreAccount, stranger }: Fixture["world"], by: number) =>
        ledger.connect([holder, centreAccount, stranger][by]);

      for (const [name, attempt] of Object.entries(attempts)) {
        it(`reverts for ${name}, whoever calls`, async () => {
          const fixed = await fixture();
          for (const by of [0, 1, 2]) {
            await refused(fixed.world, attempt(fixed, by), "CertificateLedgerLocked", [fixed.certificateId]);
          }
          expect(await fixed.world.ledger.ownerOf(fixed.certificateId)).to.equal(fixed.owner);
        });
      }

      it("reverts for setApprovalForAll, on and off, whoever calls", async () => {
        const fixed = await fixture();
        for (const by of [0, 1, 2]) {
          for (const on of [true, false]) {
            const attempt = ledgerOf(fixed.world, by).setApprovalForAll(fixed.world.stranger.address, on);
            await refused(fixed.world, attempt, "CertificateLedgerLocked", [ZeroHash]);
          }
        }
      });

      it("reverts for one whose caller is the owner's address itself", async () => {
        const fixed = await fixture();
        const { world, owner, certificateId } = fixed;
        const { networkHelpers, ethers } = world.connection;
        await networkHelpers.impersonateAccount(owner);
        await networkHelpers.setBalance(owner, 10n ** 18n);
        const ledger = world.ledger.connect(await ethers.getSigner(owner));
        const attempt = ledger.transferFrom(owner, world.stranger.address, certificateId);
        await refused(world, attempt, "CertificateLedgerLocked", [certificateId]);
        const args = [world.centreAccount.address, owner];
        const revoke = ledger.revoke(certificateId, await headOf(world, certificateId), 1);
        await refused(world, revoke, "CertificateLedgerNotRequester", args);
      });
    });

    it("has no function that would change an account's type or number", async () => {
      const { world } = await fixture();
      const changing = world.ledger.interface.fragments
        .filter((fragment) => fragment.type === "function" && !("constant" in fragment && fragment.constant === true))
        .map((fragment) => ("name" in fragment ? String(fragment.name) : ""));
      expect([...new Set(changing)].sort()).to.deep.equal([
        "admitCentre",
        "countResults",
        "endFreeze",
        "executeAsCentre",
        "executeAsCommittee",
        "executeAsHolder",
        "expire",
        "freeze",
        "issue",
        "issueChecked",
        "retireCentre",
        "revoke",
        "unfreeze",
      ]);
    });
  });

  describe("views", () => {
    it("know a domain of their own", async () => {
      const { world } = await fixture();
      const { name, version, chainId, verifyingContract } = await world.ledger.eip712Domain();
      expect({ name, version, chainId, verifyingContract }).to.deep.equal(world.domain);
    });

    it("revert for centres that never were", async () => {
      const { world } = await fixture();
      for (const centre of [0, OTHER_CENTRE + 1]) {
        await refused(world, world.ledger.centreOf(centre), "CertificateLedgerCentreUnknown", [centre]);
      }
    });

    it("say who holds a certificate, and nobody else", async () => {
      const { world, certificate, certificateId } = await fixture();
      const { subjectKeyHash, applicant: holder } = certificate.application;
      const { committeeId, foreignId, stranger, ledger } = world;
      expect(await ledger.isHeld(committeeId, subjectKeyHash, { certificateId, holder })).to.equal(true);
      for (const [committee, key, holding] of [
        [foreignId, subjectKeyHash, { certificateId, holder }],
        [committeeId, id("another"), { certificateId, holder }],
        [committeeId, subjectKeyHash, { certificateId, holder: stranger.address }],
        [committeeId, subjectKeyHash, { certificateId: id("another"), holder }],
        [committeeId, id("another"), { certificateId: ZeroHash, holder: ZeroAddress }],
      ] as const) {
        expect(await ledger.isHeld(committee, key, holding)).to.equal(false);
      }
    });
  });
});

import { mock } from "node:test";

import { expect } from "chai";
import { id } from "ethers";

import type { CertificateVerdict } from "../../sdk/src/index.js";
import { judgePeer } from "../../sdk/src/node/certificates/tls/judgePeer.js";
import { type PeerChain, peerChain, type ShownCertificate } from "../../sdk/src/node/certificates/tls/peerChain.js";
import { type Holder, type Issuer, makeAuthority, makeHolder, validity } from "../helpers/x509.js";

describe("certificates", () => {
  describe("judgePeer", () => {
    const [own, middle, upper] = ["own", "middle", "upper"].map(id) as [string, string, string];
    type Known = Readonly<Record<string, CertificateVerdict>>;
    type Outcome = readonly [code: string, args: object] | undefined;

    /** What comes of a chain, where unknown peers are kept out and where they are let in. */
    function outcomesOf(known: Known, problem?: PeerChain["problem"]): readonly [closed: Outcome, open: Outcome] {
      const chain = { own, above: [middle, upper], ...(problem === undefined ? {} : { problem }) };
      const [closed, open] = (["closed", "open"] as const).map((onUnavailable): Outcome => {
        const asked: string[] = [];
        const verify = (contentHash: string): CertificateVerdict | undefined => {
          asked.push(contentHash);
          return known[contentHash];
        };
        const error = judgePeer(chain, "host", { verify, onUnavailable });
        expect(asked).to.deep.equal([own, middle, upper]);
        return error === undefined ? undefined : [error.code, error.args];
      });
      return [closed, open];
    }
    const valid: Known = { [own]: "VALID", [middle]: "VALID", [upper]: "UNKNOWN" };
    const twice = (outcome: Outcome): readonly [Outcome, Outcome] => [outcome, outcome];

    it("refuses who shows nothing", () => {
      const error = judgePeer(undefined, "host", { verify: () => "VALID", onUnavailable: "open" });
      expect([error?.code, error?.args]).to.deep.equal(["PEER_NO_CERTIFICATE", { host: "host" }]);
    });

    it("lets in who is valid, below any that are valid or not on the ledger", () => {
      expect(outcomesOf(valid)).to.deep.equal(twice(undefined));
    });

    it("refuses for any in the chain, the lowest first", () => {
      const refusal = (contentHash: string, verdict: CertificateVerdict): Outcome => [
        "PEER_REFUSED",
        { contentHash, verdict },
      ];
      expect(outcomesOf({ ...valid, [own]: "UNKNOWN" })).to.deep.equal(twice(refusal(own, "UNKNOWN")));
      expect(outcomesOf({ ...valid, [upper]: "FROZEN" })).to.deep.equal(twice(refusal(upper, "FROZEN")));
      const both = { ...valid, [middle]: "REVOKED", [upper]: "FROZEN" } as const;
      expect(outcomesOf(both)).to.deep.equal(twice(refusal(middle, "REVOKED")));
      // What is known counts before what is not.
      expect(outcomesOf({ [upper]: "EXPIRED" })).to.deep.equal(twice(refusal(upper, "EXPIRED")));
    });

    it("keeps out or lets in who is not known, as it was told", () => {
      const { [middle]: _, ...rest } = valid;
      expect(outcomesOf(rest)).to.deep.equal([["PEER_STATE_UNKNOWN", { contentHash: middle }], undefined]);
      expect(outcomesOf({})).to.deep.equal([["PEER_STATE_UNKNOWN", { contentHash: own }], undefined]);
    });

    it("refuses a chain that does not hold, and one that is not shown unless unknown ones are let in", () => {
      for (const problem of ["NOT_ISSUED", "OTHER_ROOT"] as const) {
        const args = { contentHash: upper, problem };
        expect(outcomesOf(valid, args)).to.deep.equal(twice(["PEER_CHAIN", args]));
        expect(outcomesOf({}, args)).to.deep.equal(twice(["PEER_CHAIN", args]));
      }
      const hidden = { contentHash: upper, problem: "NOT_SHOWN" } as const;
      expect(outcomesOf(valid, hidden)).to.deep.equal([["PEER_CHAIN", hidden], undefined]);
      expect(outcomesOf({}, hidden)).to.deep.equal([["PEER_STATE_UNKNOWN", { contentHash: own }], undefined]);
    });
  });

  describe("peerChain", () => {
    let [root, middle, other]: Issuer[] = [];
    let holder: Holder;
    before(async () => {
      root = await makeAuthority("root");
      [middle, other] = [await makeAuthority("middle", root), await makeAuthority("middle", root)];
      holder = await makeHolder(middle);
    });
    const hashOf = ({ certificate }: Issuer): string => certificate.contentHash;

    /** Certificates as Node links them: each to the next, and the last one to itself where it is a root. */
    function shownAs(certificates: readonly Issuer[], isComplete = true): ShownCertificate {
      type Link = { raw: Uint8Array; issuerCertificate?: Link };
      const links = certificates.map(({ certificate }): Link => ({ raw: certificate.der }));
      for (const [i, link] of links.entries()) {
        const next = links[i + 1] ?? (isComplete ? link : undefined);
        if (next !== undefined) link.issuerCertificate = next;
      }
      return links[0]!;
    }

    it("follows a chain to its root, which it does not name", () => {
      const own = hashOf(holder);
      const chain = peerChain(shownAs([holder, middle!, root!]));
      expect(chain).to.deep.equal({ own, above: [hashOf(middle!)] });
      expect(peerChain(shownAs([middle!, root!]), new Set([hashOf(root!)]))).to.deep.equal({
        own: hashOf(middle!),
        above: [],
      });
      expect(peerChain(shownAs([root!]), new Set([hashOf(root!)]))).to.deep.equal({ own: hashOf(root!), above: [] });
      expect([peerChain(undefined), peerChain({})]).to.deep.equal([undefined, undefined]);
    });

    it("says where a chain ends that does not come to a root that is known", () => {
      const own = hashOf(holder);
      const notShown = { contentHash: hashOf(middle!), problem: "NOT_SHOWN" };
      expect(peerChain(shownAs([holder, middle!], false))).to.deep.equal({
        ...{ own, above: [hashOf(middle!)], problem: notShown },
      });
      const alone = { own, above: [], problem: { contentHash: own, problem: "NOT_SHOWN" } };
      expect(peerChain(shownAs([holder], false))).to.deep.equal(alone);
      expect(peerChain({ ...shownAs([holder], false), issuerCertificate: {} })).to.deep.equal(alone);
      const otherRoot = { contentHash: hashOf(root!), problem: "OTHER_ROOT" };
      expect(peerChain(shownAs([holder, middle!, root!]), new Set([own]))).to.deep.equal({
        ...{ own, above: [hashOf(middle!)], problem: otherRoot },
      });
    });

    it("says which certificate the one above it did not issue", () => {
      const own = hashOf(holder);
      const problem = (of: Issuer) => ({ contentHash: hashOf(of), problem: "NOT_ISSUED" });
      expect(peerChain(shownAs([holder, other!, root!]))).to.deep.equal({ own, above: [], problem: problem(holder) });
      const junk = { raw: holder.certificate.der, issuerCertificate: { raw: Uint8Array.of(1, 2) } };
      expect(peerChain(junk)).to.deep.equal({ own, above: [], problem: problem(holder) });
    });

    it("comes to an end where certificates issue each other", async () => {
      const [first, second] = [await makeAuthority("first"), await makeAuthority("second")];
      const [byFirst, bySecond] = [
        await makeAuthority("second", first, { key: second.key }),
        await makeAuthority("first", second, { key: first.key }),
      ];
      // Whoever goes round is stopped here, and not by the memory that it takes.
      let rounds = 0;
      const ring: ShownCertificate = {
        raw: byFirst.certificate.der,
        get issuerCertificate() {
          if (++rounds > 9) throw new RangeError("it goes round");
          return { raw: bySecond.certificate.der, issuerCertificate: ring };
        },
      };
      expect(peerChain(ring)).to.deep.equal({
        ...{ own: hashOf(byFirst), above: [hashOf(bySecond)] },
        problem: { contentHash: hashOf(bySecond), problem: "NOT_ISSUED" },
      });
      // The same, entered from below it.
      const below = await makeHolder(byFirst);
      expect(peerChain({ raw: below.certificate.der, issuerCertificate: ring })).to.deep.equal({
        ...{ own: hashOf(below), above: [hashOf(byFirst), hashOf(bySecond)] },
        problem: { contentHash: hashOf(bySecond), problem: "NOT_ISSUED" },
      });
    });

    it("takes an issuer in the first and the last second of its period, and in no other beyond", () => {
      const shown = shownAs([middle!, root!]);
      const ends = [
        [validity.notBefore * 1000 - 1, "NOT_ISSUED"],
        [validity.notBefore * 1000, undefined],
        [validity.notAfter * 1000, undefined],
        [validity.notAfter * 1000 + 1, "NOT_ISSUED"],
      ] as const;
      for (const [now, problem] of ends) {
        mock.timers.enable({ apis: ["Date"], now });
        try {
          expect(peerChain(shown)?.problem?.problem, `${now}`).to.equal(problem);
        } finally {
          mock.timers.reset();
        }
      }
    });
  });
});

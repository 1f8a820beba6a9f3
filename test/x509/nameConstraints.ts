import { expect } from "chai";

import { checkNameConstraints } from "../../sdk/src/certificates/x509/checkNameConstraints.js";
import type { NameConstraints } from "../../sdk/src/certificates/x509/NameConstraints.js";
import { makeIssuer } from "../helpers/x509.js";

type Names = { readonly dns?: readonly string[]; readonly ip?: readonly string[] };

const NONE = { dns: [], ip: [] };
/** The IPv6 addresses, all of them, and those of one network; as much of IPv4. */
const [ALL_V6, SOME_V6] = [`0x${"00".repeat(32)}`, `0x20010db8${"00".repeat(12)}ffffffff${"00".repeat(12)}`];
const [ALL_V4, SOME_V4] = ["0x0000000000000000", "0xc0000200fffffff0"];

describe("certificates", () => {
  describe("checkNameConstraints", () => {
    /** What speaks against a certificate of this common name and these other names. */
    async function faultsOf(constraints: Partial<NameConstraints>, names: Names, commonName = "a centre") {
      const { certificate } = await makeIssuer("P-256", commonName);
      const extensions = { ...certificate.extensions, names: { ...certificate.extensions.names, ...NONE, ...names } };
      const faults: (readonly unknown[])[] = [];
      const given = { permitted: NONE, excluded: NONE, unprocessed: [], ...constraints };
      checkNameConstraints({ ...certificate, extensions }, given, (code, args, what) => {
        expect(what).to.match(/\.$/);
        faults.push([code, args]);
      });
      return faults;
    }
    const notPermitted = (kind: string, name: string) => ["NAME_NOT_PERMITTED", { kind, name }];
    const excluded = (kind: string, name: string) => ["NAME_EXCLUDED", { kind, name }];
    const permittedDns = (...dns: readonly string[]) => ({ permitted: { ...NONE, dns } });
    const excludedDns = (...dns: readonly string[]) => ({ excluded: { ...NONE, dns } });

    it("looks at host names in the subject where no other DNS name is given, and there alone", async () => {
      const only = permittedDns("example.com");
      for (const name of ["a.example.org", "*.example.org", "a_b-1.EXAMPLE.org."]) {
        expect(await faultsOf(only, {}, name), name).to.deep.equal([notPermitted("dns", name)]);
        expect(await faultsOf(only, { dns: ["example.com"] }, name), name).to.deep.equal([]);
      }
      for (const name of ["node 7", "localhost", "a..org", "a.org:80", "*.", "*", "a.*.org", "in a.org", ".a.org"]) {
        expect(await faultsOf(only, {}, name), name).to.deep.equal([]);
      }
    });

    it("excludes what a wildcard stands for, and nothing beside it", async () => {
      const cases: readonly (readonly [domain: string, name: string, isExcluded: boolean])[] = [
        ["a.example", "a.example", true],
        ["a.example", "b.a.example.", true],
        ["a.example", "ba.example", false],
        ["b.a.example", "*.a.example", true],
        ["ba.example", "*.a.example", false],
        ["a.b.example", "b.example", false],
        [".a.example", "a.example", false],
        [".a.example", "b.a.example", true],
      ];
      for (const [domain, name, isExcluded] of cases) {
        const expected = isExcluded ? [excluded("dns", name)] : [];
        expect(await faultsOf(excludedDns(domain), { dns: [name] }), `${domain} ${name}`).to.deep.equal(expected);
      }
      expect(await faultsOf(excludedDns("c.example", "a.example"), { dns: ["a.example"] })).to.have.length(1);
      expect(await faultsOf(permittedDns("c.example", "a.example"), { dns: ["a.example"] })).to.deep.equal([]);
      const twice = { ...excludedDns("a.example"), ...permittedDns("b.example") };
      expect(await faultsOf(twice, { dns: ["a.example"] })).to.deep.equal([
        notPermitted("dns", "a.example"),
        excluded("dns", "a.example"),
      ]);
    });

    it("holds an address against ranges of its own kind alone, bit by bit", async () => {
      const cases: readonly (readonly [range: string, address: string, isWithin: boolean])[] = [
        [ALL_V4, "192.0.2.7", true],
        [ALL_V6, "2001:db8:0:0:0:0:0:1", true],
        [ALL_V6, "192.0.2.7", false],
        [ALL_V4, "2001:db8:0:0:0:0:0:1", false],
        [SOME_V4, "192.0.2.15", true],
        [SOME_V4, "192.0.2.16", false],
        [SOME_V6, "2001:db8:ffff:0:0:0:0:1", true],
        [SOME_V6, "2001:db9:0:0:0:0:0:1", false],
        [SOME_V6, "2101:db8:0:0:0:0:0:1", false],
      ];
      for (const [range, address, isWithin] of cases) {
        const ip = { dns: [], ip: [range] };
        const names = { ip: [address] };
        const text = `${range} ${address}`;
        expect(await faultsOf({ permitted: ip }, names), text).to.deep.equal(
          isWithin ? [] : [notPermitted("ip", address)],
        );
        expect(await faultsOf({ excluded: ip }, names), text).to.deep.equal(isWithin ? [excluded("ip", address)] : []);
      }
    });

    it("names the kinds that are not processed", async () => {
      const kinds = "URIs, e-mail addresses";
      const expected = [["ISSUER_CONSTRAINTS_UNPROCESSED", { kinds }]];
      expect(await faultsOf({ unprocessed: ["URIs", "e-mail addresses"] }, {})).to.deep.equal(expected);
    });
  });
});

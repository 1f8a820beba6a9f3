import { connect, type ConnectionOptions, createServer, type TLSSocket, type TlsOptions } from "node:tls";
import { setImmediate as nextTurn } from "node:timers/promises";

import { expect } from "chai";

import * as x509 from "../../sdk/src/certificates/index.js";
import { CertificateError } from "../../sdk/src/certificates/index.js";
import {
  createCheckServerIdentity,
  createVerdictCache,
  guardPeer,
  type PeerPolicy,
  type VerdictCacheOptions,
  withGuardedPeers,
} from "../../sdk/src/node/certificates/index.js";
import type { CertificateVerdict } from "../../sdk/src/index.js";
import { type Ending, TlsPeers, type Visit } from "../helpers/TlsPeers.js";
import { type Holder, type Issuer, makeHolder, makeIssuer } from "../helpers/x509.js";

const BAD_VERDICTS = [
  "NOT_YET_VALID",
  "EXPIRED",
  "FROZEN",
  "REVOKED",
  "SUPERSEDED",
  "MISMATCH",
  "UNKNOWN",
  "ISSUER_INACTIVE",
] as const satisfies readonly CertificateVerdict[];

describe("certificates", () => {
  describe("TLS", () => {
    let issuer: Issuer;
    let [server, client]: Holder[] = [];
    let ca: string;
    let peers: TlsPeers;

    before(async () => {
      issuer = await makeIssuer();
      [server, client] = await Promise.all([makeHolder(issuer), makeHolder(issuer, "Ed25519")]);
      ca = x509.toPem(issuer.certificate.der, "CERTIFICATE");
    });
    beforeEach(() => {
      peers = new TlsPeers();
    });
    afterEach(() => {
      peers.close();
    });

    async function credentialsOf({ key, certificate }: Holder): Promise<{ key: string; cert: string; ca: string }> {
      return { key: await x509.exportPrivateKey(key), cert: x509.toPem(certificate.der, "CERTIFICATE"), ca };
    }

    async function serve(
      listener: (socket: TLSSocket) => void,
      options: TlsOptions = {},
      holder: Holder = server!,
    ): Promise<number> {
      return peers.listen(createServer({ ...(await credentialsOf(holder)), ...options }, listener));
    }

    const greet = (socket: TLSSocket): void => {
      peers.greet(socket);
    };
    const visit = async (port: number, options: ConnectionOptions = {}): Promise<Visit> =>
      peers.visit(port, { ca, ...options });

    const checking = (
      verdict: CertificateVerdict | undefined,
      onUnavailable: PeerPolicy["onUnavailable"] = "closed",
    ): object => ({
      checkServerIdentity: createCheckServerIdentity({ verify: () => verdict, onUnavailable }),
    });
    const codeOf = ({ error }: Ending): string | undefined =>
      error instanceof CertificateError ? (error as CertificateError).code : undefined;

    describe("createCheckServerIdentity", () => {
      it("lets in a server whose certificate is valid, asking by its content hash", async () => {
        const port = await serve(greet);
        const asked: string[] = [];
        const verify = (contentHash: string): CertificateVerdict => {
          asked.push(contentHash);
          return "VALID";
        };
        const checkServerIdentity = createCheckServerIdentity({ verify, onUnavailable: "closed" });
        expect((await visit(port, { checkServerIdentity })).greeting).to.equal("welcome");
        expect(asked).to.deep.equal([server!.certificate.contentHash]);
      });

      for (const verdict of BAD_VERDICTS) {
        it(`refuses a server whose certificate is ${verdict}, also where unknown ones are let in`, async () => {
          const port = await serve(greet);
          for (const onUnavailable of ["closed", "open"] as const) {
            const ending = await visit(port, checking(verdict, onUnavailable));
            expect([codeOf(ending), ending.greeting]).to.deep.equal(["PEER_REFUSED", undefined]);
            const { contentHash } = server!.certificate;
            expect((ending.error as CertificateError).args).to.deep.equal({ contentHash, verdict });
          }
        });
      }

      it("refuses or lets in while nothing is known, as it was told", async () => {
        const port = await serve(greet);
        expect(codeOf(await visit(port, checking(undefined)))).to.equal("PEER_STATE_UNKNOWN");
        expect((await visit(port, checking(undefined, "open"))).greeting).to.equal("welcome");
      });

      it("still refuses another host's certificate, and one that nobody known issued", async () => {
        const elsewhere = await makeHolder(issuer, "P-256", { dns: ["elsewhere.example"] });
        const wrongHost = await visit(await serve(greet, {}, elsewhere), checking("VALID", "open"));
        expect(wrongHost.error).to.include({ code: "ERR_TLS_CERT_ALTNAME_INVALID" });
        const stranger = await makeHolder(await makeIssuer("P-256", "a stranger"));
        const unknownIssuer = await visit(await serve(greet, {}, stranger), checking("VALID", "open"));
        expect(unknownIssuer.error).to.include({ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
      });

      for (const of of ["Ed25519", "RSA"] as const) {
        it(`works with a certificate of ${of}`, async () => {
          const holder = await makeHolder(await makeIssuer(of), of);
          const options = { ...checking("VALID") };
          const port = await serve(greet, {}, holder);
          expect((await visit(port, { ...options, rejectUnauthorized: false })).greeting).to.equal("welcome");
        });
      }
    });

    describe("withGuardedPeers", () => {
      const mutual: TlsOptions = { requestCert: true, rejectUnauthorized: true };

      it("gives the handler the connections of clients whose certificate is valid, and tells of all others", async () => {
        let verdict: CertificateVerdict | undefined = "VALID";
        const refused: string[] = [];
        const policy: PeerPolicy = { verify: () => verdict, onUnavailable: "closed" };
        const port = await serve(
          withGuardedPeers(policy, greet, ({ code }) => refused.push(code)),
          mutual,
        );
        const credentials = await credentialsOf(client!);
        expect((await visit(port, credentials)).greeting).to.equal("welcome");
        verdict = "FROZEN";
        expect((await visit(port, credentials)).greeting).to.equal(undefined);
        verdict = undefined;
        expect((await visit(port, credentials)).greeting).to.equal(undefined);
        expect(refused).to.deep.equal(["PEER_REFUSED", "PEER_STATE_UNKNOWN"]);
        verdict = "VALID";
        expect((await visit(port, credentials)).greeting).to.equal("welcome");
      });

      it("refuses a client without a certificate, where the server lets such through", async () => {
        const refused: string[] = [];
        const policy: PeerPolicy = { verify: () => "VALID", onUnavailable: "open" };
        const listener = withGuardedPeers(policy, greet, ({ code }) => refused.push(code));
        const port = await serve(listener, { requestCert: true, rejectUnauthorized: false });
        expect((await visit(port)).greeting).to.equal(undefined);
        expect(refused).to.deep.equal(["PEER_NO_CERTIFICATE"]);
      });

      it("looks before it refuses a client that it does not know yet, and takes a failing look for none", async () => {
        const known = new Map<string, CertificateVerdict>();
        const look = async (contentHash: string): Promise<CertificateVerdict | undefined> => {
          known.set(contentHash, "VALID");
          return Promise.resolve("VALID");
        };
        let ask = look;
        const policy: PeerPolicy = {
          verify: (contentHash) => known.get(contentHash),
          ask: async (contentHash) => ask(contentHash),
          onUnavailable: "closed",
        };
        const port = await serve(withGuardedPeers(policy, greet), mutual);
        const credentials = await credentialsOf(client!);
        expect((await visit(port, credentials)).greeting).to.equal("welcome");
        known.clear();
        ask = async () => Promise.reject(new TypeError("no node"));
        expect((await visit(port, credentials)).greeting).to.equal(undefined);
      });

      it("cuts a connection when its client's certificate is revoked", async () => {
        let verdict: CertificateVerdict = "VALID";
        const listeners = new Set<() => void>();
        const policy: PeerPolicy = {
          verify: () => verdict,
          onUnavailable: "closed",
          subscribe: (listener) => {
            listeners.add(listener);
            return () => void listeners.delete(listener);
          },
        };
        const port = await serve(withGuardedPeers(policy, greet), mutual);
        const { socket, greeting } = await visit(port, await credentialsOf(client!));
        expect([greeting, listeners.size]).to.deep.equal(["welcome", 1]);
        for (const listener of listeners) listener();
        expect(socket.destroyed).to.equal(false);
        const closed = new Promise((resolve) => socket.once("close", resolve));
        verdict = "REVOKED";
        for (const listener of listeners) listener();
        await closed;
        await nextTurn();
        expect(listeners.size).to.equal(0);
      });
    });

    describe("guardPeer", () => {
      for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
        it(`refuses a server on a resumed session of ${maxVersion}, which Node itself does not check`, async () => {
          const port = await serve(greet, { maxVersion });
          const session = await sessionOf(connect({ host: "127.0.0.1", port, ca, maxVersion, ...checking("VALID") }));
          const resumed = await visit(port, { maxVersion, session, ...checking("REVOKED") });
          expect([resumed.socket.isSessionReused(), resumed.greeting]).to.deep.equal([true, "welcome"]);
          resumed.socket.on("error", () => undefined);
          const refusal = await guardPeer(resumed.socket, { verify: () => "VALID", onUnavailable: "open" });
          expect(refusal?.code).to.equal("PEER_NO_CERTIFICATE");
          expect(resumed.socket.destroyed).to.equal(true);
        });

        it(`judges a client on a resumed session of ${maxVersion} by its certificate`, async () => {
          let verdict: CertificateVerdict = "VALID";
          const refused: string[] = [];
          const policy: PeerPolicy = { verify: () => verdict, onUnavailable: "closed" };
          const reused: boolean[] = [];
          const guarded = withGuardedPeers(policy, greet, ({ code }) => refused.push(code));
          const listener = (socket: TLSSocket): void => {
            reused.push(socket.isSessionReused());
            guarded(socket);
          };
          const port = await serve(listener, { maxVersion, requestCert: true, rejectUnauthorized: true });
          const credentials = await credentialsOf(client!);
          const session = await sessionOf(connect({ host: "127.0.0.1", port, maxVersion, ...credentials }));
          verdict = "REVOKED";
          expect((await visit(port, { maxVersion, session, ...credentials })).greeting).to.equal(undefined);
          expect([reused, refused]).to.deep.equal([[false, true], ["PEER_REFUSED"]]);
        });
      }

      /** The session of a connection that was greeted; it comes before or after the greeting. */
      async function sessionOf(socket: TLSSocket): Promise<Buffer> {
        peers.keep(socket);
        const greeted = new Promise((resolve) => socket.once("data", resolve));
        const session = await new Promise<Buffer>((resolve) => socket.once("session", resolve));
        await greeted;
        return session;
      }

      it("lets a valid peer be", async () => {
        const { socket } = await visit(await serve(greet), checking("VALID"));
        expect(await guardPeer(socket, { verify: () => "VALID", onUnavailable: "closed" })).to.equal(undefined);
        expect(socket.destroyed).to.equal(false);
      });
    });

    describe("createVerdictCache", () => {
      let chain: Map<string, CertificateVerdict>;
      let reads: (readonly string[])[];
      let time: number;
      let stops: (() => void)[];

      beforeEach(() => {
        [chain, reads, time, stops] = [new Map<string, CertificateVerdict>(), [], 0, []];
      });
      afterEach(() => {
        for (const stop of stops) stop();
      });

      const make = (change: Partial<VerdictCacheOptions> = {}): ReturnType<typeof createVerdictCache> => {
        const cache = createVerdictCache({
          read: async (hashes) => {
            reads.push(hashes);
            return Promise.resolve(chain);
          },
          // Refreshed by hand: nothing here waits.
          interval: 2 ** 30,
          maxAge: 100,
          now: () => time,
          ...change,
        });
        stops.push(cache.stop);
        return cache;
      };

      it("knows nothing at first, reads then, and follows the chain from there on", async () => {
        const cache = make();
        chain.set("0xa", "VALID");
        expect(cache.verify("0xa")).to.equal(undefined);
        await nextTurn();
        expect(cache.verify("0xa")).to.equal("VALID");
        expect(reads).to.deep.equal([["0xa"]]);
        chain.set("0xa", "FROZEN");
        expect(cache.verify("0xa")).to.equal("VALID");
        time += 1;
        await cache.refresh();
        expect(cache.verify("0xa")).to.equal("FROZEN");
      });

      it("knows nothing any more when what it knows is too old, and no longer lets in on it", async () => {
        let fails = false;
        const errors: unknown[] = [];
        const cache = make({
          read: async () => (fails ? Promise.reject(new TypeError("no node")) : Promise.resolve(chain)),
          onError: (error) => errors.push(error),
        });
        chain.set("0xa", "VALID");
        expect(await cache.ask("0xa")).to.equal("VALID");
        fails = true;
        time = 100;
        await cache.refresh();
        expect(cache.verify("0xa")).to.equal("VALID");
        time = 101;
        expect(cache.verify("0xa")).to.equal(undefined);
        expect(await cache.ask("0xa")).to.equal(undefined);
        expect(errors.length).to.equal(2);
        fails = false;
        expect(await cache.ask("0xa")).to.equal("VALID");
      });

      it("counts the age from the start of a read, and lets no slow read undo a later one", async () => {
        const answers: ((verdicts: Map<string, CertificateVerdict>) => void)[] = [];
        const cache = make({ read: async () => new Promise((resolve) => answers.push(resolve)) });
        cache.verify("0xa");
        time = 50;
        const second = cache.refresh();
        answers[1]!(new Map([["0xa", "REVOKED"]]));
        await second;
        answers[0]!(new Map([["0xa", "VALID"]]));
        await nextTurn();
        expect(cache.verify("0xa")).to.equal("REVOKED");
        time = 150;
        expect(cache.verify("0xa")).to.equal("REVOKED");
        time = 151;
        expect(cache.verify("0xa")).to.equal(undefined);
      });

      it("keeps so many and drops the one that was not asked for longest", async () => {
        const cache = make({ maxEntries: 2 });
        for (const hash of ["0xa", "0xb", "0xc"]) chain.set(hash, "VALID");
        await cache.ask("0xa");
        await cache.ask("0xb");
        cache.verify("0xa");
        await cache.ask("0xc");
        expect(cache.verify("0xa")).to.equal("VALID");
        expect(cache.verify("0xc")).to.equal("VALID");
        expect(cache.verify("0xb")).to.equal(undefined);
      });

      it("tells its listeners after each read, until they no longer listen", async () => {
        const cache = make();
        let told = 0;
        const end = cache.subscribe(() => (told += 1));
        await cache.refresh();
        expect(told).to.equal(0);
        await cache.ask("0xa");
        expect(told).to.equal(1);
        end();
        await cache.refresh();
        expect(told).to.equal(1);
      });

      it("refreshes by itself, and cuts a live connection on what it finds", async () => {
        const { contentHash } = client!.certificate;
        chain.set(contentHash, "VALID");
        const cache = make({ interval: 5, maxAge: 60_000, now: () => performance.now() });
        const policy = { ...cache, onUnavailable: "closed" as const };
        const port = await serve(withGuardedPeers(policy, greet), { requestCert: true, rejectUnauthorized: true });
        const { socket, greeting } = await visit(port, await credentialsOf(client!));
        expect(greeting).to.equal("welcome");
        const closed = new Promise((resolve) => socket.once("close", resolve));
        chain.set(contentHash, "REVOKED");
        await closed;
        expect((await visit(port, await credentialsOf(client!))).greeting).to.equal(undefined);
      });
    });
  });
});

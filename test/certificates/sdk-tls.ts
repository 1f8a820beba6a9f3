import type { AddressInfo } from "node:net";
import { connect, createServer, type Server, type TLSSocket } from "node:tls";

import { expect } from "chai";

import * as x509 from "../../sdk/src/certificates/index.js";
import type { CertificateVerdict } from "../../sdk/src/index.js";
import {
  createCheckServerIdentity,
  createVerdictCache,
  type PeerPolicy,
  type VerdictCache,
  withGuardedPeers,
} from "../../sdk/src/node/certificates/index.js";
import { type Issuer, makeAuthority, makeHolder } from "../helpers/x509.js";
import { type CertificatesHall, draft, issue, loadCertificates } from "./sdk-fixture.js";

const CENTRE = { as: "CENTRE" } as const;
/** No timer of a test reads the chain: each poll is made by hand. */
const NEVER = 2 ** 31 - 1;

/** A device: its key and the certificate that stands on chain. */
type Device = { readonly certificateId: string; readonly credentials: { key: string; cert: string; ca: string } };

async function deviceOf(hall: CertificatesHall): Promise<Device> {
  const key = await x509.createKeyPair("P-256", { extractable: true });
  const drafted = await draft(hall, hall.checked, {}, key);
  const { certificateId } = await issue(hall, hall.checked, drafted);
  const pem = (der: Uint8Array): string => x509.toPem(der, "CERTIFICATE");
  const { certificate } = drafted;
  return {
    certificateId,
    credentials: { key: await x509.exportPrivateKey(key), cert: pem(certificate.der), ca: pem(hall.checked.root.der) },
  };
}

/** What the ledger says, read as often as `refresh` is called. */
function cacheOf({ halls, committeeId }: CertificatesHall): VerdictCache {
  return createVerdictCache({
    read: async (hashes) => {
      const found = await halls.stranger.certificates.verifyMany(committeeId, hashes);
      return new Map<string, CertificateVerdict>(found.map(({ verdict }, i) => [hashes[i]!, verdict]));
    },
    interval: NEVER,
    maxAge: NEVER,
  });
}

describe("certificates SDK", () => {
  describe("mutual TLS by the ledger", () => {
    let listening: Server;
    let cache: VerdictCache;
    let sockets: TLSSocket[];

    beforeEach(() => {
      sockets = [];
    });
    afterEach(() => {
      for (const socket of sockets) socket.destroy();
      listening.close();
      cache.stop();
    });

    async function serve({ credentials }: Device, policy: PeerPolicy): Promise<number> {
      const greet = (socket: TLSSocket): void => {
        sockets.push(socket);
        socket.on("error", () => undefined);
        socket.write("welcome");
      };
      const options = { ...credentials, requestCert: true, rejectUnauthorized: true };
      listening = createServer(options, withGuardedPeers(policy, greet));
      await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
      return (listening.address() as AddressInfo).port;
    }

    /** "welcome", or why the handshake or the connection ended. */
    async function visit(port: number, { credentials }: Device, policy: PeerPolicy): Promise<string> {
      const checkServerIdentity = createCheckServerIdentity(policy);
      const socket = connect({ host: "127.0.0.1", port, ...credentials, checkServerIdentity });
      sockets.push(socket);
      return new Promise((resolve) => {
        socket.once("data", (data: Buffer) => {
          resolve(data.toString());
        });
        socket.once("error", (error: Error & { readonly code?: string }) => {
          resolve(error.code ?? error.message);
        });
        socket.once("close", () => {
          resolve("closed");
        });
      });
    }

    it("refuses a server within one poll of the revocation of the intermediate that issued its certificate", async () => {
      const hall = await loadCertificates();
      const root = await makeAuthority("root");
      const middle = await makeAuthority("middle", root);
      const [server, client] = [await makeHolder(middle), await makeHolder(middle)];
      const register = async ({ certificate }: Issuer): Promise<string> => {
        const { subjectKeyHash, contentHash, notBefore, notAfter } = certificate;
        const { application, result } = await draft(hall, hall.unchecked, { subjectKeyHash, notBefore, notAfter });
        const approved = { application, certificate, result: { ...result, contentHash } };
        return (await issue(hall, hall.unchecked, approved)).certificateId;
      };
      const [certificateId] = [await register(middle), await register(server), await register(client)];
      const [ca, chain] = [root, middle].map(({ certificate }) => x509.toPem(certificate.der, "CERTIFICATE"));
      const deviceOfHolder = async ({ key, certificate }: Issuer): Promise<Device> => {
        const cert = `${x509.toPem(certificate.der, "CERTIFICATE")}${chain}`;
        return { certificateId, credentials: { key: await x509.exportPrivateKey(key), cert, ca: `${ca}${chain}` } };
      };
      cache = cacheOf(hall);
      const policy: PeerPolicy = { ...cache, onUnavailable: "closed" };
      const [offered, visitor] = [await deviceOfHolder(server), await deviceOfHolder(client)];
      const port = await serve(offered, policy);
      if ((await visit(port, visitor, policy)) !== "welcome") await cache.refresh();
      expect(await visit(port, visitor, policy)).to.equal("welcome");
      const centre = hall.halls.otherCentre.certificates;
      await (await centre.revoke({ certificateId, reason: 2, by: CENTRE })).wait();
      await cache.refresh();
      expect(await visit(port, visitor, policy)).to.equal("PEER_REFUSED");
    });

    for (const side of ["server", "client"] as const) {
      it(`refuses the ${side} within one poll of a freeze, takes it again once it is undone, and never once revoked`, async () => {
        const hall = await loadCertificates();
        const [server, client] = [await deviceOf(hall), await deviceOf(hall)];
        const { certificateId } = side === "server" ? server : client;
        const centre = hall.halls.centre.certificates;
        cache = cacheOf(hall);
        const policy: PeerPolicy = { ...cache, onUnavailable: "closed" };
        const port = await serve(server, policy);
        const refusal = side === "server" ? "PEER_REFUSED" : "closed";

        // Who is seen for the first time is not known, and the ledger is asked.
        if ((await visit(port, client, policy)) !== "welcome") await cache.refresh();
        expect(await visit(port, client, policy)).to.equal("welcome");

        await (await centre.freeze({ certificateId, reason: 6, by: CENTRE })).wait();
        await cache.refresh();
        expect(await visit(port, client, policy)).to.equal(refusal);

        await (await centre.unfreeze({ certificateId, by: CENTRE })).wait();
        await cache.refresh();
        expect(await visit(port, client, policy)).to.equal("welcome");

        await (await centre.revoke({ certificateId, reason: 1, by: CENTRE })).wait();
        await cache.refresh();
        expect(await visit(port, client, policy)).to.equal(refusal);
        await cache.refresh();
        expect(await visit(port, client, policy)).to.equal(refusal);
      });
    }
  });
});

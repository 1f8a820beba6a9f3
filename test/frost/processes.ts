import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { hexlify } from "ethers";

import { bundleProgram } from "../../scripts/support/bundleProgram.js";
import { parseFrostShare, verifyFrostSignature } from "../../sdk/src/frost/index.js";
import type { MemberOrders } from "../helpers/frostMember.js";
import { makeParties, random32, sign } from "../helpers/frostParties.js";

const program = await bundleProgram(new URL("../helpers/frostMember.ts", import.meta.url));

async function runMember(orders: string): Promise<number | null> {
  const child = spawn(process.execPath, [program, "--frost-member", orders], {
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      expect(printed).to.equal("");
      resolve(code);
    });
  });
}

describe("FROST members in processes of their own", () => {
  it("generate a key through a shared folder in which no secret ever lies", async () => {
    const folder = await mkdtemp(join(tmpdir(), "guildhall-frost-"));
    try {
      const parties = makeParties(3);
      const session = random32();
      const messages = join(folder, "messages");
      const orders = parties.map(({ identity, member }): MemberOrders => ({
        session,
        messages,
        id: member.id,
        secretKey: hexlify(identity.secretKey),
        members: parties.map((party) => party.member),
        threshold: 2,
        share: join(folder, `${member.id}.share.json`),
      }));
      const codes = await Promise.all(
        orders.map(async (order) => {
          const path = join(folder, `${order.id}.orders.json`);
          await writeFile(path, JSON.stringify(order));
          return runMember(path);
        }),
      );
      expect(codes).to.deep.equal([0, 0, 0]);

      const shares = await Promise.all(orders.map(async ({ share }) => parseFrostShare(await readFile(share, "utf8"))));
      expect(new Set(shares.map(({ group }) => JSON.stringify(group))).size).to.equal(1);
      const digest = random32();
      const { signature } = await sign({ parties, shares, digest });
      expect(verifyFrostSignature({ groupKey: shares[0]!.group.groupKey, digest, signature })).to.equal(true);

      const secrets = [
        ...orders.map(({ secretKey }) => secretKey),
        ...shares.map((share) => share.use(({ signingShare }) => hexlify(signingShare))),
      ];
      const names = await readdir(messages, { recursive: true, withFileTypes: true });
      const files = names.filter((entry) => entry.isFile());
      expect(files.length).to.be.greaterThan(20);
      for (const file of files) {
        const text = await readFile(join(file.parentPath, file.name), "utf8");
        for (const secret of secrets) expect(text).to.not.include(secret.slice(2));
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }).timeout(60_000);
});

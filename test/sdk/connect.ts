import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { expect } from "chai";
import {
  BrowserProvider,
  type Eip1193Provider,
  encodeBytes32String,
  FetchRequest,
  JsonRpcProvider,
  Network,
  Wallet,
  ZeroAddress,
} from "ethers";

import {
  type Addresses,
  type ConnectionError,
  type ConnectOptions,
  Guildhall,
  isRevert,
  recoverAccount,
  signTyped,
} from "../../sdk/src/index.js";
import { Directory__factory, StandardToken__factory } from "../../typechain-types/index.js";
import { anvilProgram, connectTo, startAnvil, startHardhat, type TestNode } from "../helpers/node.js";
import { deploySuite } from "../helpers/suite.js";

async function caught(promise: Promise<unknown>): Promise<ConnectionError> {
  return promise.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error as ConnectionError,
  );
}

/** A deployment whose contracts all stand at one address. */
function everywhere(address: string): Addresses {
  return {
    Directory: address,
    CommitteeRegistry: address,
    ReferralDeals: address,
    ChunkStore: address,
    RewardPool: address,
    CertificateLedger: address,
  };
}

const anvil = anvilProgram();
const nodes: Readonly<Record<string, () => Promise<TestNode>>> = {
  "Hardhat's node": () => startHardhat(),
  ...(anvil === undefined ? {} : { anvil: () => startAnvil(anvil) }),
};

for (const [name, start] of Object.entries(nodes)) {
  describe(`Guildhall.connect on ${name}`, () => {
    let node: TestNode;
    let addresses: Addresses;

    before(async () => {
      node = await start();
      addresses = await deploySuite(await node.provider.getSigner(0));
    });
    after(() => node.stop());

    const connect = async (options: ConnectOptions) => Guildhall.connect(node.provider, options);

    it("reads the addresses from a directory, given in any case", async () => {
      for (const directory of [addresses.Directory, addresses.Directory.toLowerCase()]) {
        const hall = await connect({ directory });
        expect(hall.context.addresses).to.deep.equal(addresses);
        expect(hall.context.chainId).to.equal(31337n);
        expect(hall.context.provider).to.equal(node.provider);
        expect(hall.directory.address).to.equal(addresses.Directory);
      }
    });

    it("finds the deployment of the runner's chain in the records", async () => {
      const strangers = everywhere(ZeroAddress);
      const hall = await connect({
        deployments: [
          { chainId: 1n, block: 1, addresses: strangers },
          { chainId: 31337n, block: 3, addresses },
        ],
      });
      expect(hall.context.addresses).to.deep.equal(addresses);
      expect(hall.context.fromBlock).to.equal(3);
    });

    it("goes by the directory where both are given, and then knows no first block", async () => {
      const older = everywhere(addresses.CommitteeRegistry);
      const deployments = [{ chainId: 31337n, block: 3, addresses: older }];
      const hall = await connect({ directory: addresses.Directory, deployments });
      expect(hall.context.addresses).to.deep.equal(addresses);
      expect(hall.context.fromBlock).to.equal(0);
    });

    it("connects with a signer and with a browser's wallet", async () => {
      const wallet: Eip1193Provider = {
        request: async ({ method, params }) => {
          const answer: unknown = await node.provider.send(method, (params ?? []) as unknown[]);
          return answer;
        },
      };
      const browser = new BrowserProvider(wallet, undefined, { cacheTimeout: -1 });
      const signer = await browser.getSigner();
      const hall = await Guildhall.connect(signer, { directory: addresses.Directory });
      expect(hall.context.runner).to.equal(signer);
      expect(hall.context.addresses).to.deep.equal(addresses);
      const { account, digest, signature } = await signTyped(signer, {
        domain: { name: "Example", version: "1", chainId: 31337n },
        types: { Greeting: [{ name: "words", type: "string" }] },
        primaryType: "Greeting",
        message: { words: "Good day" },
      });
      expect(account).to.equal(signer.address);
      expect(recoverAccount(digest, signature)).to.equal(account);
      browser.destroy();
    });

    it("refuses a runner without a provider", async () => {
      const error = await caught(Guildhall.connect(Wallet.createRandom(), { directory: addresses.Directory }));
      expect(error).to.deep.include({ name: "ConnectionError", code: "NO_PROVIDER" });
    });

    it("refuses another chain than the one that is meant", async () => {
      const error = await caught(connect({ directory: addresses.Directory, chainId: 1n }));
      expect(error).to.deep.include({ name: "ConnectionError", code: "WRONG_CHAIN" });
      expect(error.args).to.deep.equal({ expected: 1n, actual: 31337n });
    });

    it("says that it knows no deployment on the chain", async () => {
      const error = await caught(connect({ deployments: [] }));
      expect(error).to.deep.include({ name: "ConnectionError", code: "NO_DEPLOYMENT" });
      expect(error.args).to.deep.equal({ chainId: 31337n });
    });

    it("refuses what is no address, and an address with a wrong checksum", async () => {
      const flipped = addresses.Directory.replace(/[a-f]/, (letter) => letter.toUpperCase());
      for (const directory of ["0x12", "", "guildhall.eth", flipped]) {
        const error = await caught(connect({ directory }));
        expect(error).to.deep.include({ name: "ConnectionError", code: "INVALID_ADDRESS" });
        expect(error.args).to.deep.equal({ directory });
      }
    });

    it("refuses an address without code", async () => {
      const directory = Wallet.createRandom().address;
      const error = await caught(connect({ directory }));
      expect(error).to.deep.include({ name: "ConnectionError", code: "NO_CODE" });
      expect(error.args).to.deep.equal({ name: "Directory", address: directory });
    });

    it("refuses records of which one names an address without code", async () => {
      const empty = Wallet.createRandom().address;
      const deployments = [{ chainId: 31337n, block: 0, addresses: { ...addresses, ReferralDeals: empty } }];
      const error = await caught(connect({ deployments }));
      expect(error).to.deep.include({ name: "ConnectionError", code: "NO_CODE" });
      expect(error.args).to.deep.equal({ name: "ReferralDeals", address: empty });
    });

    it("refuses a contract that is no directory", async () => {
      const token = await new StandardToken__factory(await node.provider.getSigner(0)).deploy();
      await token.waitForDeployment();
      const directory = await token.getAddress();
      const error = await caught(connect({ directory }));
      expect(error).to.deep.include({ name: "ConnectionError", code: "NOT_A_DIRECTORY" });
      expect(error.args).to.deep.equal({ directory });
    });

    it("refuses a directory that lacks a name, and tells those it has", async () => {
      const lines = [{ name: encodeBytes32String("CommitteeRegistry"), account: addresses.CommitteeRegistry }];
      const factory = new Directory__factory(await node.provider.getSigner(0));
      const directory = await (await (await factory.deploy(lines, ZeroAddress)).waitForDeployment()).getAddress();
      const error = await caught(connect({ directory }));
      expect(error).to.deep.include({ name: "ConnectionError", code: "NAME_MISSING" });
      expect(error.args).to.deep.equal({ directory, name: "ReferralDeals", names: ["CommitteeRegistry"] });
    });

    describe("hall.directory", () => {
      it("reads the entries, single addresses, and the release before", async () => {
        const { directory } = await connect({ directory: addresses.Directory });
        const entries = await directory.entries();
        const { Directory: _, ...named } = addresses;
        expect(Object.fromEntries(entries.map(({ name: key, account }) => [key, account]))).to.deep.equal(named);
        expect(await directory.addressOf("ReferralDeals")).to.equal(addresses.ReferralDeals);
        expect(await directory.previous()).to.equal(undefined);
        const factory = new Directory__factory(await node.provider.getSigner(0));
        const lines = entries.map((entry) => ({ name: encodeBytes32String(entry.name), account: entry.account }));
        const next = await (await (await factory.deploy(lines, addresses.Directory)).waitForDeployment()).getAddress();
        expect(await (await connect({ directory: next })).directory.previous()).to.equal(addresses.Directory);
      });

      it("says that a name is not there", async () => {
        const { directory } = await connect({ directory: addresses.Directory });
        const error: unknown = await caught(directory.addressOf("Nobody"));
        if (!isRevert(error, "DirectoryUnknownName")) expect.fail(String(error));
        expect(error.args).to.deep.equal({ name: encodeBytes32String("Nobody") });
        expect(error.contract).to.equal(addresses.Directory);
        expect(error.message).to.include('"Nobody"').and.to.include("Check the spelling");
      });
    });

    describe("hall.directory.addressOf", () => {
      it("refuses what cannot be a name", async () => {
        const { directory } = await connect({ directory: addresses.Directory });
        for (const wrong of ["", "Referral Deals", "é", "x".repeat(32), "a\nb"]) {
          const error = await caught(directory.addressOf(wrong));
          expect(error).to.deep.include({ name: "ConnectionError", code: "INVALID_NAME" });
          expect(error.args).to.deep.equal({ name: wrong });
        }
      });
    });

    describe("the clock", () => {
      it("is the chain's own", async () => {
        const { context } = await connect({ directory: addresses.Directory });
        const before = await context.clock();
        await node.provider.send("evm_increaseTime", [3600]);
        const after = await context.clock();
        expect(after - before >= 3599n && after - before < 3660n, `${after - before} seconds`).to.equal(true);
      });

      it("is the caller's where one is given", async () => {
        const { context } = await connect({ directory: addresses.Directory, clock: async () => Promise.resolve(5n) });
        expect(await context.clock()).to.equal(5n);
      });
    });
  });
}

describe("Guildhall.connect to a node that misbehaves", () => {
  type Answer = (request: { readonly id: number; readonly method: string }, response: ServerResponse) => void;
  let server: Server;
  let url: string;
  let answer: Answer;

  async function bodyOf(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  }

  before(async () => {
    server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const parsed = JSON.parse(body) as { id: number; method: string } | { id: number; method: string }[];
        answer(Array.isArray(parsed) ? (parsed[0] ?? { id: 0, method: "" }) : parsed, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const directory = Wallet.createRandom().address;

  /** Connects over a provider that knows its network, unless the network is what is asked. */
  async function attempt(how: Answer, known = true): Promise<ConnectionError> {
    answer = how;
    const request = new FetchRequest(url);
    request.timeout = 200;
    const network = known ? Network.from(31337) : undefined;
    const provider = new JsonRpcProvider(request, network, {
      ...(network === undefined ? {} : { staticNetwork: network }),
      batchMaxCount: 1,
      cacheTimeout: -1,
    });
    try {
      return await caught(Guildhall.connect(provider, { directory }));
    } finally {
      provider.destroy();
    }
  }

  const send = (response: ServerResponse, status: number, body: string) => {
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  };
  const result =
    (value: unknown): Answer =>
    (request, response) => {
      send(response, 200, JSON.stringify({ jsonrpc: "2.0", id: request.id, result: value }));
    };
  /** The first call (eth_getCode) finds code; the second (entries) gets the value. */
  const entries =
    (value: unknown): Answer =>
    (request, response) => {
      result(request.method === "eth_getCode" ? "0x60" : value)(request, response);
    };

  const cases: Readonly<Record<string, readonly [Answer, string]>> = {
    "a server error": [
      (_, response) => {
        send(response, 500, "down");
      },
      "RPC_UNAVAILABLE",
    ],
    "a page instead of JSON": [
      (_, response) => {
        send(response, 403, "<html>forbidden</html>");
      },
      "RPC_UNAVAILABLE",
    ],
    "an answer that never comes": [() => undefined, "RPC_UNAVAILABLE"],
    "a connection that breaks": [
      (_, response) => {
        response.destroy();
      },
      "RPC_UNAVAILABLE",
    ],
    "a refusal": [
      (request, response) => {
        const error = { code: -32005, message: "daily limit reached" };
        send(response, 200, JSON.stringify({ jsonrpc: "2.0", id: request.id, error }));
      },
      "RPC_REFUSED",
    ],
    "no result": [result(null), "RPC_UNEXPECTED_ANSWER"],
    "a result that is no code": [result("hello"), "RPC_UNEXPECTED_ANSWER"],
    "an empty answer of the contract": [entries("0x"), "NOT_A_DIRECTORY"],
    "an answer cut short": [entries(`0x${"00".repeat(31)}20`), "NOT_A_DIRECTORY"],
    "an answer that claims 2^256 - 1 entries": [entries(`0x${"00".repeat(31)}20${"ff".repeat(32)}`), "NOT_A_DIRECTORY"],
    "an answer that is no hex": [entries("entries"), "NOT_A_DIRECTORY"],
  };
  for (const [name, [how, code]] of Object.entries(cases)) {
    it(`gives ${code} for ${name}`, async () => {
      const error = await attempt(how);
      expect(error).to.deep.include({ code });
      expect(error.advice).to.match(/\.$/);
    });
  }

  it("gives RPC_UNAVAILABLE where nobody listens", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const address = closed.address();
    await new Promise((resolve) => closed.close(resolve));
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const provider = connectTo(`http://127.0.0.1:${port}`);
    const error = await caught(Guildhall.connect(provider, { directory }));
    provider.destroy();
    expect(error).to.deep.include({ name: "RpcError", code: "RPC_UNAVAILABLE" });
  });

  it("gives an error where the chain's id is nonsense", async () => {
    const error = await attempt(result("chain"), false);
    expect(error).to.deep.include({ name: "RpcError", code: "RPC_UNEXPECTED_ANSWER" });
  });
});

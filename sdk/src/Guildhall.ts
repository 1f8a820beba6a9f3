import type { ContractRunner, Provider } from "ethers";

import { CertificatesClient } from "./certificates/CertificatesClient.js";
import { CommitteesClient } from "./committee/CommitteesClient.js";
import { chainClock } from "./core/chainClock.js";
import type { ClientContext } from "./core/ClientContext.js";
import type { Clock } from "./core/Clock.js";
import { ConnectionError } from "./core/ConnectionError.js";
import { type Addresses, contractNames, type Deployment } from "./core/deployments/Deployment.js";
import { findDeployment } from "./core/deployments/findDeployment.js";
import { readDirectory } from "./core/deployments/readDirectory.js";
import { requireCode } from "./core/deployments/requireCode.js";
import { askNode } from "./core/errors/askNode.js";
import { DealsClient } from "./deals/DealsClient.js";
import { DirectoryClient } from "./directory/DirectoryClient.js";
import { deployments as bundled } from "./generated/deployments.js";
import { RewardsClient } from "./rewards/RewardsClient.js";

/** How to find the deployment. */
export type ConnectOptions = {
  /** The address of the Directory; without it the deployment of the runner's chain is looked up. */
  readonly directory?: string;
  /** Where to look the deployment up; the records bundled with the SDK by default. */
  readonly deployments?: readonly Deployment[];
  /** The chain that is meant: any other is refused with WRONG_CHAIN. */
  readonly chainId?: bigint;
  /** What tells the time; the chain itself by default. */
  readonly clock?: Clock;
};

/**
 * One deployment of the suite, seen through one runner.
 *
 * @example
 * import { Guildhall } from "@guildhall/sdk";
 * const hall = await Guildhall.connect(signer, { directory });
 * assert.equal(hall.context.chainId, 31337n);
 */
export class Guildhall {
  /** What every client of this connection shares. */
  readonly context: ClientContext;
  /** k-of-n groups and their approvals. */
  readonly committees: CommitteesClient;
  /** Names to addresses. */
  readonly directory: DirectoryClient;
  /** Referral deals. */
  readonly deals: DealsClient;
  /** Certificates. */
  readonly certificates: CertificatesClient;
  /** Reward pools. */
  readonly rewards: RewardsClient;

  private constructor(context: ClientContext) {
    this.context = context;
    this.committees = new CommitteesClient(context);
    this.directory = new DirectoryClient(context);
    this.deals = new DealsClient(context);
    this.certificates = new CertificatesClient(context);
    this.rewards = new RewardsClient(context);
  }

  /**
   * Connects to the deployment on the runner's chain.
   *
   * Errors: {@link ConnectionError} NO_PROVIDER, WRONG_CHAIN, NO_DEPLOYMENT, INVALID_ADDRESS, NO_CODE, WRONG_CODE,
   * NOT_A_DIRECTORY, NAME_MISSING; {@link RpcError} where the node does not answer.
   *
   * @param runner A signer with a provider, or a provider where nothing will be written
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const hall = await Guildhall.connect(provider, { directory, chainId: 31337n });
   * assert.equal(hall.directory.address, directory);
   */
  static async connect(runner: ContractRunner, options: ConnectOptions = {}): Promise<Guildhall> {
    const provider = runner.provider ?? null;
    if (provider === null) {
      throw new ConnectionError({
        code: "NO_PROVIDER",
        args: {},
        what: "The runner has no provider.",
        advice: "Connect the signer to a provider first: signer.connect(provider).",
      });
    }
    const { chainId } = await askNode(async () => provider.getNetwork());
    if (options.chainId !== undefined && options.chainId !== chainId) {
      throw new ConnectionError({
        code: "WRONG_CHAIN",
        args: { expected: options.chainId, actual: chainId },
        what: `The runner is on chain ${chainId}, not on chain ${options.chainId}.`,
        advice: "Switch the wallet or the RPC URL to the chain that is meant.",
      });
    }
    const known = findDeployment(chainId, options.deployments ?? bundled);
    const addresses = await locate(provider, chainId, options.directory, known);
    const recorded = known?.addresses.Directory === addresses.Directory ? known : undefined;
    await Promise.all(
      contractNames.map((name) => requireCode(provider, name, addresses[name], recorded?.codeHashes?.[name])),
    );
    return new Guildhall({
      runner,
      provider,
      chainId,
      addresses,
      fromBlock: recorded?.block ?? 0,
      clock: options.clock ?? chainClock(provider),
    });
  }
}

async function locate(
  provider: Provider,
  chainId: bigint,
  directory: string | undefined,
  known: Deployment | undefined,
): Promise<Addresses> {
  if (directory !== undefined) return readDirectory(provider, directory);
  if (known !== undefined) return known.addresses;
  throw new ConnectionError({
    code: "NO_DEPLOYMENT",
    args: { chainId },
    what: `This version of the SDK knows no deployment on chain ${chainId}.`,
    advice: "Pass the address of the deployment's Directory as `directory`, or switch the chain.",
  });
}

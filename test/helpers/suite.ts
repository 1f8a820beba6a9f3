import { encodeBytes32String, type Signer } from "ethers";

import type { Addresses } from "../../sdk/src/index.js";
import {
  CertificateLedger__factory,
  ChunkStore__factory,
  CommitteeRegistry__factory,
  Directory__factory,
  P256Verifier__factory,
  ReferralDeals__factory,
  RewardPool__factory,
} from "../../typechain-types/index.js";

/** Deploys the whole suite with plain transactions; gives the addresses by name. */
export async function deploySuite(deployer: Signer): Promise<Addresses> {
  const deals = await (await new ReferralDeals__factory(deployer).deploy()).waitForDeployment();
  const committees = await (await new CommitteeRegistry__factory(deployer).deploy()).waitForDeployment();
  const chunks = await (await new ChunkStore__factory(deployer).deploy()).waitForDeployment();
  const rewards = await (await new RewardPool__factory(deployer).deploy(committees, chunks)).waitForDeployment();
  const verifier = await (await new P256Verifier__factory(deployer).deploy()).waitForDeployment();
  const ledgers = new CertificateLedger__factory(deployer);
  const certificates = await (await ledgers.deploy(committees, verifier)).waitForDeployment();
  const addresses = {
    CommitteeRegistry: await committees.getAddress(),
    ReferralDeals: await deals.getAddress(),
    ChunkStore: await chunks.getAddress(),
    RewardPool: await rewards.getAddress(),
    CertificateLedger: await certificates.getAddress(),
  };
  const lines = Object.entries(addresses).map(([name, account]) => ({ name: encodeBytes32String(name), account }));
  const factory = new Directory__factory(deployer);
  const directory = await (await factory.deploy(lines, `0x${"00".repeat(20)}`)).waitForDeployment();
  return { Directory: await directory.getAddress(), ...addresses };
}

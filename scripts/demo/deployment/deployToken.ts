import type { Signer } from "ethers";

import { StandardToken__factory } from "../../../typechain-types/factories/mocks/tokens/StandardToken__factory.js";

/** Deploys the demo's token, which anyone may mint. */
export async function deployToken(funder: Signer): Promise<string> {
  const token = await new StandardToken__factory(funder).deploy();
  await token.waitForDeployment();
  return token.getAddress();
}

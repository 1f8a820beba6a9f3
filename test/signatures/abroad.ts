import { network } from "hardhat";

import type { Connection } from "../helpers/deals.js";
import { home } from "../helpers/deals.js";

/** Another chain, on which the same accounts deploy the same contracts to the same addresses. */
export const abroad: Connection = await network.create({ network: home.networkName, override: { chainId: 31_338 } });

import type { Provider } from "ethers";
import { ZeroAddress } from "ethers";

import type { Deployment } from "./Deployment.js";
import type { Artifacts } from "./planDeployment.js";
import { planDeployment } from "./planDeployment.js";

/** The directory that a deployment of today's code would follow on the chain of `record`; zero for the first. */
export async function previousDirectory(
  provider: Provider,
  artifacts: Artifacts,
  record: Deployment | undefined,
): Promise<string> {
  // No record, or a chain that has been reset since.
  if (record === undefined || (await provider.getCode(record.directory)) === "0x") return ZeroAddress;
  // The same release again: it follows what it followed.
  const again = await planDeployment(artifacts, record.previous);
  return again.directory === record.directory ? record.previous : record.directory;
}

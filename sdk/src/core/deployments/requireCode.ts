import { keccak256, type Provider } from "ethers";

import { ConnectionError } from "../ConnectionError.js";
import { askNode } from "../errors/askNode.js";

/** Throws NO_CODE unless there is a contract at the address, and WRONG_CODE where it is not the one of the record. */
export async function requireCode(
  provider: Provider,
  name: string,
  address: string,
  codeHash?: string,
): Promise<void> {
  const code = await askNode(async () => provider.getCode(address), address);
  if (code === "0x") {
    throw new ConnectionError({
      code: "NO_CODE",
      args: { name, address },
      what: `There is no contract at ${address}, where ${name} should be.`,
      advice: "Check the chain and the address; on a local chain, deploy the suite first.",
    });
  }
  const actual = codeHash === undefined ? undefined : keccak256(code);
  if (actual === codeHash) return;
  throw new ConnectionError({
    code: "WRONG_CODE",
    args: { name, address, expected: codeHash, actual },
    what: `The contract at ${address} is not the ${name} that was deployed there: its code has the hash ${actual}.`,
    advice: "Check the chain, or use another node: this one tells the code of another contract.",
  });
}

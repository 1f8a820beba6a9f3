import type { JsonRpcProvider, Signer } from "ethers";

import { Guildhall } from "../../../sdk/src/index.js";
import type { Terminal } from "../Terminal.js";
import type { ChainOptions, KeyOptions } from "./ChainOptions.js";
import { openProvider } from "./openProvider.js";
import { openSigner } from "./openSigner.js";

/** Works with a deployment, and reads only. */
export async function withHall<T>(options: ChainOptions, work: (hall: Guildhall) => Promise<T>): Promise<T> {
  return using(options, async (provider) => work(await connect(provider, options)));
}

/** Works with a deployment, and signs. */
export async function withSigner<T>(
  options: ChainOptions & KeyOptions,
  terminal: Terminal,
  work: (hall: Guildhall, sender: string) => Promise<T>,
): Promise<T> {
  return using(options, async (provider) => {
    const signer = await openSigner(options, provider, terminal);
    return work(await connect(signer, options), await signer.getAddress());
  });
}

function connect(runner: JsonRpcProvider | Signer, { directory }: ChainOptions): Promise<Guildhall> {
  return Guildhall.connect(runner, directory === undefined ? {} : { directory });
}

async function using<T>({ rpc }: ChainOptions, work: (provider: JsonRpcProvider) => Promise<T>): Promise<T> {
  const provider = await openProvider(rpc);
  try {
    return await work(provider);
  } finally {
    provider.destroy();
  }
}

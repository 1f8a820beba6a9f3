import { certificateActions, type Consent, type Operation, simulateAction } from "../../../../sdk/src/index.js";
import type { Stage } from "../../parties/Stage.js";

/** Asks the ledger itself whether this party may do something, past the SDK, which would have refused it before. */
export async function askLedger(
  { hall, signer }: Stage,
  certificateId: string,
  { operation, consent }: { readonly operation: Operation; readonly consent: Consent },
): Promise<void> {
  const { certificates, context } = hall;
  const { head } = await certificates.certificateOf(certificateId);
  const deadline = Number(await context.clock()) + 3_600;
  const request = { certificateId, previousRecord: head, operation, reason: 0, deadline };
  const action = certificateActions.execute(certificates.address, { request, consent });
  await simulateAction(context, action, await signer.getAddress());
}

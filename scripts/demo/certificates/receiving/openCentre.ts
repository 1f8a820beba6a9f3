import { join } from "node:path";

import type { CentreKey } from "../../../../sdk/src/certificates/index.js";
import { applicationIdOf, resultTypedData, signTyped } from "../../../../sdk/src/index.js";
import {
  type CentreService,
  createCentreService,
  openDecisionStore,
} from "../../../../sdk/src/node/certificates/index.js";
import { ScriptError } from "../../../support/ScriptError.js";
import type { Stage } from "../../parties/Stage.js";
import { CENTRE_EPOCH, CENTRES, certificateStoryIds, STRANGER } from "../certificatePlan.js";
import { identityRules } from "../identityRules.js";

/** Runs the centre's service on a file of its own, with its own rule; what it gives back ends both. */
export async function openCentre(stage: Stage, committeeId: string, { secretKey }: CentreKey): Promise<CentreService> {
  const { name, signer, hall, setup } = stage;
  const rule = identityRules[name];
  if (rule === undefined) throw new ScriptError("NoRule", `${name} has no rule to identify applicants by.`, { name });
  const store = openDecisionStore(join(setup.mailbox, `${name}.sqlite`));
  const service = await createCentreService({
    committeeId,
    epoch: CENTRE_EPOCH,
    centre: (CENTRES as readonly string[]).indexOf(name),
    chainId: hall.context.chainId,
    ledger: hall.certificates.address,
    secretKey,
    applicationIdOf,
    // The digest that the ledger counts.
    signResult: async (result) => (await signTyped(signer, resultTypedData(hall.certificates.place, result))).signature,
    checkIdentity: ({ application, identification }) => {
      const verdict = rule(identification);
      const applicant = nameOf(stage, application.applicant);
      const { certify, refuse, update } = certificateStoryIds;
      const story = applicant === STRANGER ? refuse : application.predecessorId === undefined ? certify : update;
      stage.did(story, `identifies ${applicant} by its own rule: ${verdict.verdict}`);
      return Promise.resolve(verdict);
    },
    store,
    clock: hall.context.clock,
  });
  return {
    url: service.url,
    close: async () => {
      await service.close();
      store.close();
    },
  };
}

function nameOf({ setup }: Stage, account: string): string {
  return Object.entries(setup.people).find(([, { address }]) => address === account)?.[0] ?? "a stranger";
}

import type { Provider } from "ethers";

import type { Application } from "../../certificates/Application.js";
import type { CertificationResult } from "../../certificates/CertificationResult.js";
import type { Clock } from "../../core/Clock.js";
import type { CentreCase, IdentityVerdict } from "./CentreCase.js";
import type { DecisionStore } from "./DecisionStore.js";

/** A line for the centre's log. It never holds anything of an identification or a name. */
export type CentreLogEntry = {
  readonly method: string;
  readonly status: number;
  /** The code of the error, or how it was decided. */
  readonly outcome: string;
  readonly applicationId?: string;
};

/** What a centre's service is made of. */
export type CentreServiceOptions = {
  readonly committeeId: string;
  /** The committee's epoch, which results name. */
  readonly epoch: number;
  /** This centre's number. */
  readonly centre: number;
  /** The chain of the ledger. */
  readonly chainId: bigint;
  /** The ledger's address, which applicants name in what they sign. */
  readonly ledger: string;
  /** Asked whether an applicant's wallet accepts its signature (ERC-1271). Without one only signatures of keys count. */
  readonly provider?: Provider | undefined;
  /** The secret half of the key that identifications are sealed to, 32 bytes as hex. */
  readonly secretKey: string;
  /** The id of an application by the ledger's rule. */
  readonly applicationIdOf: (application: Application) => string;
  /** Signs a result as the ledger asks of a member, as hex. It is called for decisions that are stored already. */
  readonly signResult: (result: CertificationResult) => Promise<string>;
  /** Finds out whether the applicant is who they say. */
  readonly checkIdentity: (papers: CentreCase) => Promise<IdentityVerdict>;
  readonly store: DecisionStore;
  readonly clock: Clock;
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** Any free one by default. */
  readonly port?: number;
  /** 131,072 by default. */
  readonly maxBodyBytes?: number;
  readonly log?: (entry: CentreLogEntry) => void;
};

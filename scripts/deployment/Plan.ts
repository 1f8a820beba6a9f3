/** A contract as it will stand: everything about it is known before anything is sent. */
export type PlannedContract = {
  readonly name: string;
  /** Its name in Ignition's journal. */
  readonly futureId: string;
  readonly address: string;
  readonly constructorArguments: readonly Json[];
  readonly initCode: string;
};

export type Plan = {
  /** In the order of deployment. */
  readonly contracts: readonly PlannedContract[];
  readonly directory: string;
  /** The directory of the release before; zero for the first. */
  readonly previous: string;
};

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

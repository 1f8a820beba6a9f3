import { id } from "ethers";

import {
  type Application,
  applicationOf,
  approving,
  type By,
  certified,
  type Holding,
  loadWorld,
  NONE,
  QUORUM,
  rejecting,
  type Result,
  resultApproval,
  type Status,
  type World,
} from "./certificates.js";

/** An application, what approves it, and what approves another certificate for it. */
export type Paper = {
  readonly application: Application;
  readonly result: Result;
  readonly another: Result;
  /** Of the certificate that `result` approves. */
  readonly contentHash: string;
};

/** Two applications in the same state: to a centre whose signatures are not checked, and to one whose are. */
export type Situation = {
  readonly world: World;
  readonly plain: Paper;
  readonly checked: Paper & { readonly der: string };
};

/** Members who approve the certificate, or reject. */
type Said = { readonly approved: boolean; readonly signers: readonly number[] };

/** How a certificate's approval is brought: by results that were counted, or at once. */
type Way = By | "as counted";

/** Who said what in each state, the last of it last, what the ledger makes of it, and how a certificate came of it. */
export const STATES: Readonly<
  Record<string, { readonly said: readonly Said[]; readonly status: keyof typeof Status; readonly issued?: Way }>
> = {
  new: { said: [], status: "OPEN" },
  approving: { said: [{ approved: true, signers: [0, 1, 2, 3] }], status: "OPEN" },
  rejecting: { said: [{ approved: false, signers: [5, 6] }], status: "OPEN" },
  contradicted: {
    said: [
      { approved: true, signers: [0, 1, 2, 3] },
      { approved: false, signers: [3] },
    ],
    status: "OPEN",
  },
  approved: { said: [{ approved: true, signers: [0, 1, 2, 3, 5] }], status: "APPROVED" },
  rejected: { said: [{ approved: false, signers: [0, 5, 6] }], status: "REJECTED" },
  "issued as counted": {
    said: [{ approved: true, signers: [0, 1, 2, 3, 5] }],
    status: "APPROVED",
    issued: "as counted",
  },
  "issued at once": { said: [], status: "OPEN", issued: { signers: QUORUM } },
};

export type Counting = { readonly result: Result; readonly signers: readonly number[] };
export type Issuing = {
  readonly paper: "checked" | "plain";
  readonly certificate: "another" | "result";
  readonly way: Way;
};

/** What each call counts, or issues. */
export const OPERATIONS: Readonly<Record<string, Issuing | ((situation: Situation, state: string) => Counting)>> = {
  "countResults, one approves": ({ plain: { result } }) => ({ result, signers: [4] }),
  "countResults, five approve": ({ plain: { result } }) => ({ result, signers: QUORUM }),
  "countResults, five approve another": ({ plain: { another } }) => ({ result: another, signers: QUORUM }),
  "countResults, one rejects": () => ({ result: rejecting(), signers: [4] }),
  "countResults, three reject": () => ({ result: rejecting(), signers: [4, 5, 6] }),
  "countResults, the last again": ({ plain: { result } }, state) => {
    const { approved, signers } = STATES[state]!.said.at(-1) ?? { approved: true, signers: [] };
    return { result: approved ? result : rejecting(), signers };
  },
  "issue, as counted": { paper: "plain", certificate: "result", way: "as counted" },
  "issue, another as counted": { paper: "plain", certificate: "another", way: "as counted" },
  "issue, at once": { paper: "plain", certificate: "result", way: { signers: QUORUM } },
  "issue, at once by the group": { paper: "plain", certificate: "result", way: { frost: true } },
  "issue, another at once": { paper: "plain", certificate: "another", way: { signers: QUORUM } },
  "issueChecked, as counted": { paper: "checked", certificate: "result", way: "as counted" },
  "issueChecked, at once": { paper: "checked", certificate: "result", way: { signers: QUORUM } },
  "issueChecked, at once by the group": { paper: "checked", certificate: "result", way: { frost: true } },
};

export type Sender = World["caller"];

/** Brings what members say of an application. */
export async function countAs(sender: Sender, world: World, { application }: Paper, { result, signers }: Counting) {
  const approval = resultApproval(world, application, result, { signers });
  return world.ledger.connect(sender).countResults(application, result, approval);
}

/** Brings a certificate, and what the subject key had before. */
export async function issueAs(
  sender: Sender,
  { world, plain, checked }: Situation,
  { paper, certificate, way }: Issuing,
  previous: Holding = NONE,
) {
  const { application, [certificate]: result } = paper === "plain" ? plain : checked;
  const approval = way === "as counted" ? "0x" : resultApproval(world, application, result, way);
  const ledger = world.ledger.connect(sender);
  if (paper === "plain") return ledger.issue(application, result.contentHash, 1, approval, previous);
  const { x, y } = world.issuer;
  return ledger.issueChecked(application, checked.der, { x, y }, 1, approval, previous);
}

/** Brings both applications to a state. */
export async function situationOf(state: string): Promise<Situation> {
  const world = await loadWorld();
  const { application, certificate } = await certified(world);
  const { tbsHash, contentHash, der } = certificate;
  const [content, another] = [id("content"), approving({ contentHash: id("another") })];
  const result = approving({ contentHash: content });
  const situation = {
    world,
    plain: { application: await applicationOf(world), result, another, contentHash: content },
    checked: { application, result: approving({ tbsHash }), another, contentHash, der },
  };
  const { said, issued } = STATES[state]!;
  for (const paper of ["plain", "checked"] as const) {
    for (const { approved, signers } of said) {
      const each = { result: approved ? situation[paper].result : rejecting(), signers };
      await countAs(world.caller, world, situation[paper], each);
    }
    if (issued !== undefined) {
      await issueAs(world.caller, situation, { paper, certificate: "result", way: issued });
    }
  }
  return situation;
}

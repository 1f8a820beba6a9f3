/** The parts of a distinguished name that requests are made with, in the order in which they are written. */
export const subjectParts = {
  country: "2.5.4.6",
  state: "2.5.4.8",
  locality: "2.5.4.7",
  organization: "2.5.4.10",
  unit: "2.5.4.11",
  commonName: "2.5.4.3",
} as const;

/** A distinguished name to be written: at least one part, each of 1 to 64 characters, the country of two capitals. */
export type SubjectName = { readonly [Part in keyof typeof subjectParts]?: string };

/** What a check found wrong: where, what, and what to do. */
export type Finding = { readonly place: string; readonly problem: string };

/** Tells the time in Unix seconds. */
export type Clock = () => Promise<bigint>;

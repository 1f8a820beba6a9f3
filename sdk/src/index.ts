export * from "./certificates/ledger.js";
export * from "./committee/index.js";
export * from "./core/index.js";
export * from "./deals/index.js";
export * from "./directory/index.js";
export * from "./frost/index.js";
export * from "./generated/abis.js";
export * from "./rewards/index.js";
export { type ConnectOptions, Guildhall } from "./Guildhall.js";

export * from "./roster/index.js";

export { DirectoryClient, type DirectoryEntry } from "./DirectoryClient.js";

export { openFileNonceStore } from "./openFileNonceStore.js";
export { type FolderTransportOptions, openFolderTransport } from "./openFolderTransport.js";

export { openFileNonceStore } from "./openFileNonceStore.js";
export { type FolderTransportOptions, openFolderTransport } from "./openFolderTransport.js";
export type { LineFormat } from "./rewards/LineFormat.js";
export { type FileSource, openFileSource } from "./rewards/openFileSource.js";
export { readBoundUsers } from "./rewards/readBoundUsers.js";
export { readCsvRows } from "./rewards/readCsvRows.js";
export { readRosterRows } from "./rewards/readRosterRows.js";
export { readUserIds } from "./rewards/readUserIds.js";
export { writeFileWhole } from "./rewards/writeFileWhole.js";

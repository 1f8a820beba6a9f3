import type { JsonObject } from "../../core/documents/Json.js";

/** Who somebody is, as the centres ask for it: any JSON object. It never leaves its envelopes. */
export type Identification = JsonObject;

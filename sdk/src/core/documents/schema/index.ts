export { address } from "./address.js";
export { boolean } from "./boolean.js";
export { bytes, bytes32 } from "./bytes.js";
export { choice } from "./choice.js";
export { list } from "./list.js";
export { object, type ObjectOf } from "./object.js";
export { optional } from "./optional.js";
export type { Infer, Schema } from "./Schema.js";
export { uint } from "./uint.js";

/** One input or output as an ABI describes it. */
export type AbiParameter = {
  readonly name?: string;
  readonly type: string;
  readonly components?: readonly AbiParameter[];
};

/** One item of an ABI. */
export type AbiItem = {
  readonly type: string;
  readonly name?: string;
  readonly inputs?: readonly AbiParameter[];
  readonly outputs?: readonly AbiParameter[];
};

/** An ABI, written `as const`. */
export type Abi = readonly AbiItem[];

type Elementary<Type extends string> = Type extends `uint${string}` | `int${string}`
  ? bigint
  : Type extends "bool"
    ? boolean
    : string;

type ParameterOf<Type extends string, Components> = Components extends readonly AbiParameter[]
  ? { readonly type: Type; readonly components: Components }
  : { readonly type: Type };

/** The TypeScript value of an ABI parameter: bigint for every integer, string for addresses and bytes, objects for tuples. */
export type AbiValue<Parameter extends AbiParameter> = Parameter["type"] extends `${infer Element}[]`
  ? readonly AbiValue<ParameterOf<Element, Parameter["components"]>>[]
  : Parameter["type"] extends "tuple"
    ? Parameter["components"] extends readonly AbiParameter[]
      ? AbiObject<Parameter["components"]>
      : never
    : Elementary<Parameter["type"]>;

/** Named parameters as an object. */
export type AbiObject<Parameters extends readonly AbiParameter[]> = {
  readonly [
    Parameter in Parameters[number] as Parameter["name"] extends string ? Parameter["name"] : never
  ]: AbiValue<Parameter>;
};

/** Parameters as a tuple of values, for calls. */
export type AbiTuple<Parameters extends readonly AbiParameter[]> = {
  readonly [Index in keyof Parameters]: AbiValue<Parameters[Index]>;
};

type ItemOf<From extends Abi, Type extends string, Name extends string> = Extract<
  From[number],
  { readonly type: Type; readonly name: Name }
>;

type NameOf<From extends Abi, Type extends string> =
  Extract<From[number], { readonly type: Type }> extends infer Item
    ? Item extends { readonly name: infer Name extends string }
      ? Name
      : never
    : never;

type InputsOf<Item> = Item extends { readonly inputs: infer Inputs extends readonly AbiParameter[] } ? Inputs : never;

/** The names of an ABI's functions. */
export type FunctionName<From extends Abi> = NameOf<From, "function">;
/** The arguments of a function. */
export type FunctionArgs<From extends Abi, Name extends string> = AbiTuple<InputsOf<ItemOf<From, "function", Name>>>;
/** The names of an ABI's events. */
export type EventName<From extends Abi> = NameOf<From, "event">;
/** The arguments of an event, by name. */
export type EventArgs<From extends Abi, Name extends string> = AbiObject<InputsOf<ItemOf<From, "event", Name>>>;
/** The names of an ABI's custom errors. */
export type ErrorName<From extends Abi> = NameOf<From, "error">;
/** The arguments of a custom error, by name. */
export type ErrorArgsOf<From extends Abi, Name extends string> = AbiObject<InputsOf<ItemOf<From, "error", Name>>>;

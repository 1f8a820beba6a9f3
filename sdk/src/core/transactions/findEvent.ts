type NamedEvent = { readonly name: string; readonly args: object };

/** The arguments of an event of this name. */
type ArgsOf<Event extends NamedEvent, Name extends Event["name"]> = Extract<Event, { readonly name: Name }>["args"];

/** The first event of this name that says what `match` says; ids compare in lower case. */
export function findEvent<Event extends NamedEvent, Name extends Event["name"]>(
  events: readonly Event[],
  name: Name,
  match: Partial<ArgsOf<Event, Name>>,
): ArgsOf<Event, Name> | undefined {
  const wanted = Object.entries(match).map(([key, value]): [string, unknown] => [key, plain(value)]);
  for (const event of events) {
    if (event.name !== name) continue;
    const said = event.args as Readonly<Record<string, unknown>>;
    if (wanted.every(([key, value]) => plain(said[key]) === value)) return event.args;
  }
  return undefined;
}

function plain(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

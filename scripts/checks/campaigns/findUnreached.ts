import type { Actions, Campaign } from "./Campaign.js";

/**
 * What no call of a campaign reached with success, one sentence each: an action that was never called, or only ever
 * reverted or was discarded; a campaign without calls; and, where all campaigns ran, a handler without one.
 */
export function findUnreached(campaigns: readonly Campaign[], actions: Actions, whole: boolean): readonly string[] {
  const used = new Set<string>();
  const problems = campaigns.flatMap(({ name, metrics }) => {
    const succeeded = new Map(
      Object.entries(metrics).map(([action, { calls, reverts, discards }]) => [action, calls - reverts - discards]),
    );
    const handlers = Object.keys(actions).filter((handler) =>
      [...succeeded.keys()].some((action) => action.startsWith(`${handler}.`)),
    );
    for (const handler of handlers) used.add(handler);
    if (handlers.length === 0) return [`${name}: calls no action of a handler`];
    return handlers
      .flatMap((handler) => (actions[handler] ?? []).map((action) => `${handler}.${action}`))
      .filter((action) => (succeeded.get(action) ?? 0) === 0)
      .map((action) => `${name}: never reached ${action} with success`);
  });
  const idle = whole ? Object.keys(actions).filter((handler) => !used.has(handler)) : [];
  const empty = Object.entries(actions).filter(([, each]) => each.length === 0);
  return [
    ...problems,
    ...idle.map((handler) => `${handler}: no campaign calls it`),
    ...empty.map(([handler]) => `${handler}: has no action, which is a function whose first parameter is called seed`),
  ];
}

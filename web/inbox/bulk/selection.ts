/** Which conversations are chosen: one by one, a range with Shift, or all that are loaded. Pure. */

/** The chosen ones, and where a range begins. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The one that was chosen or left out last. */
  readonly anchor: string | null;
}

export const NOTHING_CHOSEN: Selection = { ids: new Set(), anchor: null };

/** Chooses one, or leaves it out. */
export function toggle({ ids }: Selection, roomId: string): Selection {
  const next = new Set(ids);
  if (!next.delete(roomId)) next.add(roomId);
  return { ids: next, anchor: roomId };
}

/** Chooses everything from the anchor to a row; without an anchor in the list, that row alone. */
export function extendTo(
  { ids, anchor }: Selection,
  roomId: string,
  order: readonly string[],
): Selection {
  const to = order.indexOf(roomId);
  const from = anchor === null ? -1 : order.indexOf(anchor);
  const start = from === -1 ? to : Math.min(from, to);
  const range = order.slice(start, Math.max(from, to) + 1);
  return { ids: new Set([...ids, ...range]), anchor: anchor ?? roomId };
}

/** Chooses all, or nothing where all are chosen already. */
export function toggleAll({ ids }: Selection, order: readonly string[]): Selection {
  return order.every((roomId) => ids.has(roomId))
    ? NOTHING_CHOSEN
    : { ids: new Set(order), anchor: null };
}

/** The list's order as it is shown: the server's, or the one that a pointer or the focus holds. */
import { useMemo, useState } from 'react';

import type { Room } from '#protocol/room.ts';

import { holdOrder } from './hold-order.ts';

/** @param isHeld whether somebody points at the list, or stands in it with the keyboard */
export function useHeldOrder(rooms: readonly Room[], isHeld: boolean): readonly Room[] {
  const [shown, setShown] = useState(rooms);
  const next = useMemo(() => (isHeld ? holdOrder(shown, rooms) : rooms), [isHeld, shown, rooms]);
  if (next !== shown) setShown(next);
  return next;
}

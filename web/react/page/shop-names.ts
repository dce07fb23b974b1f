/** What shops are called that the chat has not heard of yet: it knows such a one by its id, the storefront by its name. */
import { createContext, useCallback, useContext } from 'react';

import type { Room, RoomMember } from '#protocol/room.ts';

import { shopOf } from './room-view.ts';

/** A shop's name by its id, or undefined. */
export type VendorName = (vendorId: string) => string | undefined;

const nothingKnown: VendorName = () => undefined;

const NamesContext = createContext<VendorName>(nothingKnown);

/** The names hold for everything inside. */
export const NamesProvider = NamesContext.Provider;

/** Finds the shop's side of a room, with the best name for it. The same function as long as the names are the same. */
export function useShopOf(): (room: Room) => RoomMember {
  const nameOf = useContext(NamesContext);
  return useCallback(
    (room: Room) => {
      const shop = shopOf(room);
      const id = shop.member.slice('vendor:'.length);
      return shop.name === id ? { ...shop, name: nameOf(id) ?? id } : shop;
    },
    [nameOf],
  );
}

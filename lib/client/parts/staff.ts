/** The part of a client for the staff of a shop. */
import { createSavedReplies, createSettings } from '../shop/own-shop.ts';
import { Focus } from '../staff/focus.ts';
import { Notes } from '../staff/notes.ts';
import { changeStatus } from '../staff/room-status.ts';
import { createStaffRequests } from '../wire/staff-requests.ts';
import type { Staff, StaffOptions } from './parts.ts';

/** Settings, saved replies, notes, closing rooms, and where the colleagues are. */
export function createStaff({ call, onFocus, ...options }: StaffOptions): Staff {
  const requests = createStaffRequests(call);
  const { retries, ports } = options;
  return {
    settings: createSettings({ requests, retries, ports }),
    savedReplies: createSavedReplies({ requests, retries, ports }),
    focus: new Focus({ ...options, onChange: onFocus }),
    setStatus: (change) => changeStatus({ requests, retries, ports }, change),
    notesOf: (room) => new Notes({ ...room, requests, retries, ports }),
  };
}

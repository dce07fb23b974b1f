/** What stands in for the staff's part in a customer's client: the server refuses a customer all of it anyway. */
import { ChatError } from '#protocol/errors.ts';

import type { Loaded } from '../chat.ts';
import type { NotesState } from '../conversation.ts';
import { createStore } from '../store.ts';
import type { NotesPart, Staff } from './parts.ts';

const refuse = async (): Promise<never> => {
  throw new ChatError('forbidden');
};
const nothing = () => {};

/** Empty stores; every command rejects with `forbidden`. */
export function createNoStaff(): Staff {
  const none = createStore<Loaded<never>>({ value: null, status: 'idle', error: null });
  const notes: NotesPart = {
    ...createStore<NotesState>({ notes: [], status: 'idle', error: null, hasMore: false }),
    load: refuse,
    loadMore: refuse,
    add: refuse,
    remove: refuse,
    added: nothing,
    removed: nothing,
    synchronise: async () => {},
  };
  return {
    settings: { ...none, load: refuse, save: refuse },
    savedReplies: {
      ...none,
      load: refuse,
      add: refuse,
      change: refuse,
      remove: refuse,
      fillIn: () => [],
    },
    focus: { set: nothing, renew: nothing, apply: nothing, close: nothing, of: () => NOBODY },
    setStatus: refuse,
    notesOf: () => notes,
  };
}

/** The same at every call: states keep their identity. */
const NOBODY: readonly never[] = [];

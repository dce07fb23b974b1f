/** Closing or reopening many conversations: how far it is, what failed, and the way back. */
import { useRef, useState } from 'react';

import { useChat } from '../../chat/ChatProvider.tsx';
import { changeMany, type Outcome } from './change-many.ts';

/** What is done to all of them. */
export type BulkAct = 'close' | 'reopen';

/** `running` while it is under way; `over` until it is put away. */
export type BulkState =
  | { phase: 'idle' }
  | { phase: 'running' | 'over'; act: BulkAct; total: number; outcome: Outcome };

const STATUS = { close: 'closed', reopen: 'open' } as const;
const NONE: Outcome = { done: [], failed: [] };

/** One at a time. */
export function useBulk() {
  const client = useChat();
  const [state, setState] = useState<BulkState>({ phase: 'idle' });
  const stopping = useRef<AbortController | null>(null);

  const run = async (act: BulkAct, chosen: readonly string[]) => {
    // those that are so already are left alone: taking it back must not change them either
    const roomIds = chosen.filter((id) => client.room(id).getState().room?.status !== STATUS[act]);
    const stop = new AbortController();
    stopping.current = stop;
    const total = roomIds.length;
    setState({ phase: 'running', act, total, outcome: NONE });
    const outcome = await changeMany({
      roomIds,
      change: (roomId) => client.room(roomId)[act](),
      onProgress: (step) => setState({ phase: 'running', act, total, outcome: step }),
      signal: stop.signal,
    });
    setState({ phase: 'over', act, total, outcome });
  };
  return {
    state,
    run: (act: BulkAct, roomIds: readonly string[]) => void run(act, roomIds),
    stop: () => stopping.current?.abort(),
    dismiss: () => setState({ phase: 'idle' }),
  };
}

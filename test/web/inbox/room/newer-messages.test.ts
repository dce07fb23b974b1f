import { describe, expect, it } from 'vitest';

import type { ChatMessage } from '#client/conversation.ts';

import { countNewer, lastSeqOf } from '../../../../web/inbox/room/newer-messages.ts';

const base = { id: 'x', key: 'x', isMine: false, sender: null, seq: 1 } as unknown as ChatMessage;
const message = (seq: number | null, agent: string | null, change: Partial<ChatMessage> = {}) => ({
  ...base,
  seq,
  isMine: agent !== null,
  sender: {
    member: agent === null ? ('customer:42' as const) : ('vendor:7' as const),
    name: 'x',
    agent: agent === null ? null : { user: agent, name: agent },
  },
  ...change,
});

const MESSAGES = [
  message(1, null),
  message(2, 'gia'),
  message(3, null),
  message(4, 'ana'),
  message(5, null, { sender: null }),
  message(null, 'ana'),
];

describe('what others wrote since', () => {
  it('counts the customer and colleagues, neither oneself nor the system', () => {
    expect(countNewer(MESSAGES, { since: 0, user: 'ana' })).toBe(3);
    expect(countNewer(MESSAGES, { since: 2, user: 'ana' })).toBe(1);
    expect(countNewer(MESSAGES, { since: 3, user: 'ana' })).toBe(0);
    expect(countNewer(MESSAGES, { since: 0, user: 'gia' })).toBe(3);
  });

  it('does not take oneself for a colleague while one has no name', () => {
    expect(countNewer(MESSAGES, { since: 0, user: null })).toBe(2);
  });

  it('begins at the last stored message', () => {
    expect(lastSeqOf(MESSAGES)).toBe(5);
    expect(lastSeqOf([])).toBe(0);
  });
});

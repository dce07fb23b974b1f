/** How messages become the rows of a conversation. */
import { describe, expect, it } from 'vitest';

import {
  arrangeRows,
  type MessageView,
  type Row,
  statusMessageId,
} from '../../../../web/ui/conversation/rows.ts';

const local = (text: string) => new Date(text).toISOString();

function view(seq: number | null, at: string, more: Partial<MessageView> = {}): MessageView {
  return {
    id: more.id ?? `m${seq}`,
    seq,
    own: false,
    author: 'Nino',
    text: 'Hello',
    isNote: false,
    product: null,
    attachments: [],
    quote: null,
    reactions: [],
    canChange: false,
    at: local(at),
    isEdited: false,
    isDeleted: false,
    status: null,
    failure: null,
    ...more,
  };
}

/** A row in a word: its kind, and of a message where it stands in its run. */
function wordOf(row: Row): string {
  if (row.kind !== 'message') return row.kind;
  const place = row.first ? (row.last ? 'alone' : 'first') : row.last ? 'last' : 'inner';
  return `${row.message.id} ${place}`;
}

const words = (messages: MessageView[], unread: number | null = null) =>
  arrangeRows(messages, unread).map(wordOf);

describe('arrangeRows', () => {
  it('makes nothing of nothing', () => {
    expect(words([])).toEqual([]);
  });

  it('puts a day before the first message of each day', () => {
    expect(
      words([
        view(1, '2026-11-20T23:59:00'),
        view(2, '2026-11-21T00:01:00'),
        view(3, '2026-11-21T00:02:00'),
      ]),
    ).toEqual(['day', 'm1 alone', 'day', 'm2 first', 'm3 last']);
  });

  it('joins what one sender writes within five minutes', () => {
    expect(
      words([
        view(1, '2026-11-20T10:00:00'),
        view(2, '2026-11-20T10:04:59'),
        view(3, '2026-11-20T10:09:59'),
        view(4, '2026-11-20T10:10:00', { own: true, author: null }),
      ]),
    ).toEqual(['day', 'm1 first', 'm2 last', 'm3 alone', 'm4 alone']);
  });

  it('draws the line before the first new message, and ends the run there', () => {
    expect(words([view(1, '2026-11-20T10:00:00'), view(2, '2026-11-20T10:00:01')], 2)).toEqual([
      'day',
      'm1 alone',
      'new',
      'm2 alone',
    ]);
  });

  it('draws no line for messages that are on their way', () => {
    expect(words([view(null, '2026-11-20T10:00:00', { id: 'a', own: true })])).toEqual([
      'day',
      'a alone',
    ]);
  });

  it('keeps what is on its way at the end, though the clock of this device is behind', () => {
    const written = view(null, '2026-11-19T08:00:00', { id: 'a', own: true });
    expect(words([view(1, '2026-11-20T10:00:00'), written, { ...written, id: 'b' }])).toEqual([
      'day',
      'm1 alone',
      'a first',
      'b last',
    ]);
  });

  it('shows an event as a line that ends the run', () => {
    expect(
      words([
        view(1, '2026-11-20T10:00:00'),
        view(2, '2026-11-20T10:00:01', { isNote: true }),
        view(3, '2026-11-20T10:00:02'),
      ]),
    ).toEqual(['day', 'm1 alone', 'note', 'm3 alone']);
  });

  it('gives every row a key of its own', () => {
    const rows = arrangeRows(
      [
        view(1, '2026-11-20T10:00:00'),
        view(2, '2026-11-21T10:00:00'),
        view(3, '2026-11-22T10:00:00'),
      ],
      2,
    );
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
});

describe('statusMessageId', () => {
  it('is the last own message, notes aside', () => {
    const at = '2026-11-20T10:00:00';
    expect(
      statusMessageId([
        view(1, at, { own: true }),
        view(2, at, { own: true }),
        view(3, at),
        view(4, at, { own: true, isNote: true }),
      ]),
    ).toBe('m2');
    expect(statusMessageId([view(1, at)])).toBeNull();
  });
});

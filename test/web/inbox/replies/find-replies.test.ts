import { describe, expect, it } from 'vitest';

import type { SavedReply } from '#protocol/vendor.ts';

import { findReplies, queryOf } from '../../../../web/inbox/replies/find-replies.ts';

const reply = (shortcut: string, ...messages: string[]): SavedReply => ({
  replyId: shortcut,
  shortcut,
  messages,
  updatedAt: '2026-11-22T10:00:00.000Z',
});

describe('what is typed behind a slash', () => {
  it.each([
    ['/', ''],
    ['/hello', 'hello'],
    ['/მისამართი', 'მისამართი'],
    ['/a b', null],
    ['and/or', null],
    ['', null],
  ])('%s asks for %j', (text, expected) => {
    expect(queryOf(text)).toBe(expected);
  });
});

describe('finding saved replies', () => {
  const replies = [
    reply('closing', 'Have a nice day'),
    reply('delivery', 'It leaves today'),
    reply('hours', 'Delivery is on weekdays'),
    reply('redelivery', 'Again'),
  ];
  const found = (query: string) => findReplies(replies, query).map(({ shortcut }) => shortcut);

  it('by their beginning first, then anywhere, then by their words', () => {
    expect(found('DEL')).toEqual(['delivery', 'redelivery', 'hours']);
    expect(found('nothing')).toEqual([]);
  });

  it('shows all for a bare slash, but never more than a screenful', () => {
    expect(found('')).toHaveLength(4);
    const many = Array.from({ length: 50 }, (_, index) => reply(`r${index}`, 'x'));
    expect(findReplies(many, '')).toHaveLength(8);
  });
});

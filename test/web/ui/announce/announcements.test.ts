/** What a screen reader says by itself: what came in, once, and nothing of what was there or is one's own. */
import { describe, expect, it } from 'vitest';

import {
  type Announcement,
  hear,
  hearFirst,
  type Heard,
} from '../../../../web/ui/announce/announcements.ts';
import type { MessageView } from '../../../../web/ui/conversation/rows.ts';

const message = (seq: number | null, change: Partial<MessageView> = {}): MessageView => ({
  id: `m${seq ?? 'new'}`,
  seq,
  own: false,
  author: 'Ana',
  text: `words ${seq}`,
  isNote: false,
  product: null,
  attachments: [],
  quote: null,
  reactions: [],
  canChange: false,
  at: '2026-11-22T10:00:00.000Z',
  isEdited: false,
  isDeleted: false,
  status: null,
  failure: null,
  ...change,
});

/** What is said, as `kind words`, while a conversation goes through the given scenes. */
function listen(scenes: readonly { messages: readonly MessageView[]; typist?: string }[]) {
  let heard: Heard | null = null;
  const said: string[] = [];
  for (const { messages, typist = null } of scenes) {
    const now = hear(heard ?? hearFirst({ messages }), { messages, typist });
    heard = now.heard;
    said.push(...now.say.map(lineOf));
  }
  return said;
}

function lineOf(announcement: Announcement): string {
  switch (announcement.kind) {
    case 'message':
      return `${announcement.author}: ${announcement.text}`;
    case 'many':
      return `${announcement.count} new`;
    case 'typing':
      return `${announcement.name} types`;
    case 'failed':
      return `failed: ${announcement.reason}`;
  }
}

describe('an announcement', () => {
  const one = message(1);
  const two = message(2);
  const three = message(3);

  it('is made of what comes in, with its author, and of it once', () => {
    const scenes = [[one], [one, two], [one, two], [one, two, three]];
    expect(listen(scenes.map((messages) => ({ messages })))).toEqual([
      'Ana: words 2',
      'Ana: words 3',
    ]);
  });

  it('is not made of what is there at first, nor of a page of history', () => {
    expect(listen([{ messages: [three] }, { messages: [one, two, three] }])).toEqual([]);
  });

  it('is not made of history that comes after one began to write', () => {
    const written = message(null, { own: true, status: 'sending' });
    expect(listen([{ messages: [written] }, { messages: [one, two, written] }])).toEqual([]);
  });

  it('is made of the first message of an empty room', () => {
    expect(listen([{ messages: [] }, { messages: [one] }])).toEqual(['Ana: words 1']);
  });

  it('is not made of what one sends oneself, nor of an edit or a deletion', () => {
    const own = message(2, { own: true });
    const edited = message(1, { text: 'other words', isEdited: true });
    const deleted = message(3, { text: null, isDeleted: true });
    const scenes = [[one], [one, own], [edited, own], [edited, own, deleted]];
    expect(listen(scenes.map((messages) => ({ messages })))).toEqual([]);
  });

  it('counts what comes at once, from four on', () => {
    const many = [one, two, three, message(4), message(5)];
    expect(listen([{ messages: [one] }, { messages: many }])).toEqual(['4 new']);
  });

  it('names what a message without words brings', () => {
    const file = { key: 'k', name: 'crack.png', contentType: 'image/png', size: 1 };
    const attachments = [{ ...file, body: null, progress: null }];
    const product = { id: 'p', title: 'Blue bowl', url: 'https://shop.example' };
    const brought = message(2, { text: null, attachments, product });
    expect(listen([{ messages: [one] }, { messages: [one, brought] }])).toEqual([
      'Ana: crack.png, Blue bowl',
    ]);
  });

  it('says once that a message was not sent, and again after a retry', () => {
    const failed = message(null, { own: true, status: 'failed', failure: 'Not sent.' });
    const sending = { ...failed, status: 'sending' as const };
    const scenes = [[], [sending], [failed], [failed], [sending], [failed]];
    expect(listen(scenes.map((messages) => ({ messages })))).toEqual([
      'failed: Not sent.',
      'failed: Not sent.',
    ]);
  });

  it('says once between two messages that somebody types', () => {
    const typing = { messages: [one], typist: 'Ana' };
    const paused = { messages: [one] };
    const next = { messages: [one, two], typist: 'Ana' };
    expect(listen([paused, typing, paused, typing, paused, next])).toEqual([
      'Ana types',
      'Ana: words 2',
      'Ana types',
    ]);
  });
});

/** Messages of the contract as a conversation shows them. */
import { describe, expect, it } from 'vitest';

import type { ChatMessage } from '#client/chat.ts';
import { ChatError } from '#protocol/errors.ts';

import { toConversationItem, type Words } from '../../../web/chat/views.ts';

const words: Words = {
  note: (event) => `note:${event}`,
  failure: (code) => `failure:${code}`,
  attachment: (names) => `files:${names.join()}`,
  showsAgent: true,
};

function message(more: Partial<ChatMessage> = {}): ChatMessage {
  return {
    key: 'k1',
    roomId: 'd-1',
    seq: 1,
    id: '0198c1d2-0000-4000-8000-000000000001',
    type: 'text',
    sender: { member: 'customer:42', name: 'Nino', agent: null },
    text: 'Hello',
    attachments: [],
    product: null,
    replyTo: null,
    system: null,
    reactions: {},
    at: '2026-11-22T10:00:00.000Z',
    editedAt: null,
    deletedAt: null,
    isMine: false,
    status: null,
    error: null,
    ...more,
  };
}

describe('toConversationItem', () => {
  it('names the writer of other people’s messages', () => {
    expect(toConversationItem(message(), words)).toMatchObject({
      id: 'k1',
      own: false,
      author: 'Nino',
      text: 'Hello',
      isNote: false,
    });
  });

  it('names the person of the own staff, and only to the staff', () => {
    const sender = {
      member: 'vendor:7',
      name: 'Tbilisi Ceramics',
      agent: { user: 'ana', name: 'Ana' },
    } as const;
    const mine = { isMine: true, sender };
    expect(toConversationItem(message(mine), words).author).toBe('Ana');
    expect(toConversationItem(message(mine), { ...words, showsAgent: false }).author).toBeNull();
  });

  it('tells an event of the room in the reader’s words', () => {
    const closed = message({
      type: 'system',
      sender: null,
      text: null,
      system: { event: 'closed', params: {} },
    });
    expect(toConversationItem(closed, words)).toMatchObject({ isNote: true, text: 'note:closed' });
  });

  it('says why a message failed', () => {
    const failed = message({
      isMine: true,
      seq: null,
      status: 'failed',
      error: new ChatError('rate_limited'),
    });
    expect(toConversationItem(failed, words)).toMatchObject({
      status: 'failed',
      failure: 'failure:rate_limited',
    });
  });

  it('names files that came without words', () => {
    const file = { key: 'a', name: 'bowl.jpg', contentType: 'image/jpeg', size: 1 };
    expect(toConversationItem(message({ text: null, attachments: [file] }), words).text).toBe(
      'files:bowl.jpg',
    );
  });

  it('is the same object for the same message, so that nothing is drawn twice', () => {
    const one = message();
    expect(toConversationItem(one, words)).toBe(toConversationItem(one, words));
    expect(toConversationItem({ ...one }, words)).not.toBe(toConversationItem(one, words));
  });
});

/** Messages of the contract as a conversation shows them. */
import { describe, expect, it } from 'vitest';

import type { ChatMessage } from '#client/conversation.ts';
import { ChatError } from '#protocol/errors.ts';

import { type Surroundings, toConversationItem, type Words } from '../../../web/chat/views.ts';

const words: Words = {
  note: (event) => `note:${event}`,
  failure: (code) => `failure:${code}`,
  refused: async (code) => `refused:${code}`,
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
    isChanging: false,
    uploads: [],
    ...more,
  };
}

const around: Surroundings = { words, me: 'customer:42', find: () => undefined };

describe('toConversationItem', () => {
  it('names the writer of other people’s messages', () => {
    expect(toConversationItem(message(), around)).toMatchObject({
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
    expect(toConversationItem(message(mine), around).author).toBe('Ana');
    expect(
      toConversationItem(message(mine), { ...around, words: { ...words, showsAgent: false } })
        .author,
    ).toBeNull();
  });

  it('tells an event of the room in the reader’s words', () => {
    const closed = message({
      type: 'system',
      sender: null,
      text: null,
      system: { event: 'closed', params: {} },
    });
    expect(toConversationItem(closed, around)).toMatchObject({ isNote: true, text: 'note:closed' });
  });

  it('says why a message failed', () => {
    const failed = message({
      isMine: true,
      seq: null,
      status: 'failed',
      error: new ChatError('rate_limited'),
    });
    expect(toConversationItem(failed, around)).toMatchObject({
      status: 'failed',
      failure: 'failure:rate_limited',
    });
  });

  it('shows pictures and files by their name, not as words', () => {
    const file = { key: 'a', name: 'bowl.jpg', contentType: 'image/jpeg', size: 1 };
    const item = toConversationItem(message({ text: null, attachments: [file] }), around);
    expect(item.text).toBeNull();
    expect(item.attachments).toEqual([{ ...file, body: null, progress: null }]);
  });

  it('shows a file on its way by what is at hand', () => {
    const body = new Blob(['x']);
    const upload = { name: 'a.pdf', contentType: 'application/pdf', size: 1, body, progress: 0.5 };
    const item = toConversationItem(message({ seq: null, uploads: [upload] }), around);
    expect(item.attachments).toMatchObject([{ name: 'a.pdf', body, progress: 0.5 }]);
  });

  it('shows names without the signs that turn the direction of writing', () => {
    const sender = { member: 'customer:42', name: 'Ni\u202Eno', agent: null } as const;
    const file = { key: 'a', name: 'evil\u202Egpj.exe', contentType: 'text/plain', size: 1 };
    const item = toConversationItem(message({ sender, attachments: [file] }), around);
    expect(item.author).toBe('Nino');
    expect(item.attachments[0]?.name).toBe('evilgpj.exe');
  });

  it('quotes what a message answers, without words where that is not loaded', () => {
    const answered = message({
      text: null,
      product: { id: '1', title: 'Bowl', url: 'https://a.example' },
    });
    const reply = message({ seq: 2, replyTo: 1 });
    const found = toConversationItem(reply, { ...around, find: () => answered });
    expect(found.quote).toEqual({ seq: 1, author: 'Nino', text: 'Bowl' });
    expect(toConversationItem(reply, around).quote).toEqual({ seq: 1, author: null, text: null });
  });

  it('counts reactions, and knows the own ones', () => {
    const reactions = { '👍': ['vendor:7', 'customer:42'], '🎉': ['vendor:7'] } as const;
    const item = toConversationItem(
      message({ reactions: { '👍': [...reactions['👍']], '🎉': [...reactions['🎉']] } }),
      around,
    );
    expect(item.reactions).toEqual([
      { emoji: '👍', count: 2, mine: true },
      { emoji: '🎉', count: 1, mine: false },
    ]);
  });

  it.each([
    ['own and young', { isMine: true }, true],
    ['of somebody else', { isMine: false }, false],
    ['a day old', { isMine: true, at: new Date(Date.now() - 24 * 3_600_000).toISOString() }, false],
    ['deleted', { isMine: true, deletedAt: new Date().toISOString() }, false],
    ['not stored yet', { isMine: true, seq: null }, false],
  ])('lets one change a message that is %s: %j is %s', (_, more, can) => {
    const young = { at: new Date().toISOString() };
    expect(toConversationItem(message({ ...young, ...more }), around).canChange).toBe(can);
  });

  it('is the same object for the same message, so that nothing is drawn twice', () => {
    const one = message();
    expect(toConversationItem(one, around)).toBe(toConversationItem(one, around));
    expect(toConversationItem({ ...one }, around)).not.toBe(toConversationItem(one, around));
    const somebody: Surroundings = { ...around, me: 'vendor:7' };
    expect(toConversationItem(one, somebody)).not.toBe(toConversationItem({ ...one }, around));
  });
});

/** The notifier of a tab: collects, asks the other tabs, and does what was decided. */
import { beforeEach, describe, expect, it } from 'vitest';

import type { ChatEvents } from '#client/chat.ts';
import { createStore } from '#client/store.ts';
import type { Message } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

import { Notifier, type NotifierOptions } from '../../../../web/chat/notify/notifier.ts';
import type { Popup } from '../../../../web/chat/notify/popups.ts';
import type { TabAnswer, TabLook } from '../../../../web/chat/notify/tab-talk.ts';
import { notify as words } from '../../../../web/words/en/notify.ts';

const ME = 'vendor:7';
const MARKS = { muted: false, markedUnread: false, labels: [], assignee: null };

const message = (change: Partial<Message> = {}): Message => ({
  roomId: 'a',
  seq: 1,
  id: '1',
  type: 'text',
  sender: { member: 'customer:42', name: 'Nino', agent: null },
  text: 'Is it dishwasher safe?',
  attachments: [],
  product: null,
  replyTo: null,
  system: null,
  reactions: {},
  at: '2026-11-22T10:00:00.000Z',
  editedAt: null,
  deletedAt: null,
  ...change,
});

/** What of the world the notifier touches, as its ports let a test see it. */
class Scene {
  readonly done: string[] = [];
  readonly popups: Popup[] = [];
  readonly opened: (string | null)[] = [];
  readonly rooms = new Map<string, ReturnType<typeof aRoom>>();
  isElected = true;
  canPlay = true;
  look: TabLook = { roomId: null, isLooking: false, canSound: true };
  others: TabAnswer[] = [];
  preferences = { sound: true, popups: true, badge: true, isAsked: true };
  nowMs = 0;
  /** Lets the tabs answer. */
  answer: () => void = () => {};
  #listener: (event: ChatEvents['message']) => void = () => {};

  readonly notifier = new Notifier({
    client: {
      on: (_: string, listener: (event: never) => void) => {
        // the notifier listens to messages only
        this.#listener = listener as (event: ChatEvents['message']) => void;
        return () => void (this.#listener = () => {});
      },
      room: (roomId: string) => this.room(roomId),
      getState: () => ({ me: { member: ME } }),
    } as unknown as NotifierOptions['client'],
    scope: 'scope',
    isElected: () => this.isElected,
    talk: {
      ask: () =>
        new Promise((resolve) => {
          this.answer = () => resolve(this.others);
        }),
      sound: (tab) => void this.done.push(`sound in ${tab}`),
    },
    look: () => this.look,
    sound: {
      unlock: async () => {},
      canPlay: () => this.canPlay,
      play: () => void this.done.push('sound'),
    },
    popups: {
      show: (popup) => {
        this.popups.push(popup);
        return true;
      },
      close: (tag) => void this.done.push(`close ${tag}`),
    },
    preferences: () => this.preferences,
    words: () => words,
    onOpen: (roomId) => void this.opened.push(roomId),
    now: () => this.nowMs,
  });

  room(roomId: string) {
    const known = this.rooms.get(roomId) ?? aRoom();
    this.rooms.set(roomId, known);
    return known;
  }

  say(...messages: Message[]): void {
    for (const said of messages) this.#listener({ message: said, isMine: false });
  }

  /** The messages, and what comes of them. */
  async tell(...messages: Message[]): Promise<void> {
    this.say(...messages);
    this.answer();
    await Promise.resolve();
    await Promise.resolve();
  }
}

function aRoom() {
  const store = createStore<{ room: Partial<Room> | null }>({ room: null });
  return { ...store, head: (room: Partial<Room>) => store.set({ room }) };
}

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});

describe('a message of a customer', () => {
  it('sounds and shows who wrote what, by a tag of its room', async () => {
    await scene.tell(message());
    expect(scene.done).toEqual(['sound']);
    expect(scene.popups).toMatchObject([
      { tag: 'scope/a', title: 'Nino', text: 'Is it dishwasher safe?', locale: 'en-GB' },
    ]);
  });

  it('leads to its room when it is clicked', async () => {
    await scene.tell(message());
    scene.popups[0]?.onClick();
    expect(scene.opened).toEqual(['a']);
  });

  it.each<[string, Message]>([
    ['of one’s own side', message({ sender: { member: ME, name: 'Shop', agent: null } })],
    ['of the system', message({ type: 'system', sender: null, text: null })],
  ])('%s is not told', async (_, said) => {
    await scene.tell(said);
    expect([...scene.done, ...scene.popups]).toEqual([]);
  });

  it('is told by the elected tab alone', async () => {
    scene.isElected = false;
    await scene.tell(message());
    expect([...scene.done, ...scene.popups]).toEqual([]);
  });

  it('is not told in a muted room, also when that turns out while the tabs answer', async () => {
    scene.say(message());
    scene.room('a').head({ mine: { ...MARKS, muted: true }, read: {} });
    await scene.tell();
    expect([...scene.done, ...scene.popups]).toEqual([]);
  });

  it('is not told where somebody has read it meanwhile', async () => {
    scene.say(message({ seq: 2 }));
    scene.room('a').head({ mine: MARKS, read: { [ME]: 2 } });
    await scene.tell();
    expect([...scene.done, ...scene.popups]).toEqual([]);
  });

  it('is told where only the ones before were read', async () => {
    scene.room('a').head({ mine: MARKS, read: { [ME]: 1 } });
    await scene.tell(message({ seq: 2 }));
    expect(scene.popups).toHaveLength(1);
  });

  it('makes no noise where another tab looks at the room', async () => {
    scene.others = [{ tab: 'b', roomId: 'a', isLooking: true, canSound: true }];
    await scene.tell(message());
    expect([...scene.done, ...scene.popups]).toEqual([]);
  });

  it('is heard from a tab that may be heard', async () => {
    scene.canPlay = false;
    scene.others = [
      { tab: 'b', roomId: null, isLooking: false, canSound: false },
      { tab: 'c', roomId: null, isLooking: false, canSound: true },
    ];
    await scene.tell(message());
    expect(scene.done).toEqual(['sound in c']);
  });
});

describe('what a notification says', () => {
  it.each<[Partial<Message>, string]>([
    [{ type: 'image', text: null }, 'A picture'],
    [{ type: 'file', text: null }, 'A file'],
    [{ type: 'image', text: 'Look' }, 'Look'],
    [
      { type: 'product', text: null, product: { id: '1', title: 'Bowl', url: 'https://a.b' } },
      'Bowl',
    ],
    [{ text: 'Two\n\n lines' }, 'Two lines'],
    [{ text: '<img src=x onerror=alert(1)>' }, '<img src=x onerror=alert(1)>'],
    [{ text: 'x'.repeat(4_000) }, `${'x'.repeat(199)}…`],
    [{ text: `${'x'.repeat(198)}👍👍` }, `${'x'.repeat(198)}…`],
  ])('of %j is %j', async (change, text) => {
    await scene.tell(message(change));
    expect(scene.popups[0]?.text).toBe(text);
  });

  it('of several is how many there are, and the latest', async () => {
    await scene.tell(message(), message({ seq: 2, text: 'Hello?' }));
    expect(scene.popups).toMatchObject([{ title: 'Nino · 2 messages', text: 'Hello?' }]);
  });

  it('of many rooms is one for all, which leads to the list', async () => {
    await scene.tell(...['a', 'b', 'c', 'd'].map((roomId) => message({ roomId })));
    expect(scene.popups).toMatchObject([
      { tag: 'scope/', title: '4 new messages', text: 'In 4 conversations' },
    ]);
    scene.popups[0]?.onClick();
    expect(scene.opened).toEqual([null]);
  });
});

describe('a notification', () => {
  it('closes when its room is read on another device', async () => {
    scene.room('a').head({ mine: MARKS, read: {}, unread: 1 });
    await scene.tell(message());
    scene.room('a').head({ mine: MARKS, read: { [ME]: 1 }, unread: 0 });
    expect(scene.done).toEqual(['sound', 'close scope/a', 'close scope/']);
  });

  it('closes when another tab shows its room', async () => {
    await scene.tell(message());
    scene.notifier.seen('a');
    expect(scene.done).toContain('close scope/a');
  });

  it('closes with the page, which tells no more', async () => {
    await scene.tell(message());
    scene.notifier.close();
    expect(scene.done).toContain('close scope/a');
    await scene.tell(message({ seq: 2 }));
    expect(scene.popups).toHaveLength(1);
  });
});

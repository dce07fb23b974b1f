/** The whole client on a network on which everything goes wrong: once that is over it shows what the server has. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createChatClient } from '#client/chat-client.ts';
import type { ChatClient } from '#client/chat.ts';
import type { RoomHandle } from '#client/conversation.ts';

import { BadNetwork, diceOf } from '../support/bad-network.ts';
import { ANA, NINO } from '../support/fake-chat.ts';
import { FakeClock, type FakeDevice, fakeDevice } from '../support/fake-ports.ts';
import { type Claims, FakeServer, fakeToken } from '../support/fake-server.ts';
import { renderRoom, type StoredRoom } from '../support/fake-server-rooms.ts';

const DEEDS = [
  'send',
  'send',
  'send',
  'elsewhere',
  'edit',
  'remove',
  'react',
  'read',
  'mine',
  'status',
  'cut',
  'offline',
  'online',
  'wake',
  'renew',
] as const;

interface Step {
  readonly who: 0 | 1;
  readonly deed: (typeof DEEDS)[number];
  readonly pauseMs: number;
}

const steps = fc.array(
  fc.record({
    who: fc.constantFrom(0, 1),
    deed: fc.constantFrom(...DEEDS),
    pauseMs: fc.oneof(fc.nat(500), fc.nat(20_000)),
  }),
  { maxLength: 40 },
);

interface Person {
  readonly client: ChatClient;
  readonly room: RoomHandle;
  readonly device: FakeDevice;
  readonly network: BadNetwork;
  readonly heard: number[];
  readonly written: string[];
}

class Story {
  readonly clock = new FakeClock();
  readonly server = new FakeServer(this.clock.now);
  readonly stored: StoredRoom;
  readonly people: Person[];
  readonly #dice: () => number;

  constructor(seed: number) {
    this.#dice = diceOf(seed);
    this.stored = this.server.roomOf('customer:42', 'vendor:7');
    this.server.write(this.stored, 'customer:42', 'the first');
    this.people = [this.#person(NINO, 'nino'), this.#person(ANA, 'ana')];
  }

  #person(claims: Claims, name: string): Person {
    const network = new BadNetwork(this.server, this.clock, this.#dice);
    const device = fakeDevice({ server: this.server, clock: this.clock });
    const client = createChatClient({
      api: 'http://fake/v1',
      socket: 'ws://fake/ws',
      device: name,
      token: async () => fakeToken({ ...claims, exp: Math.floor(this.clock.now() / 1000) + 900 }),
      ports: { ...device.ports, ...network.ports, random: this.#dice },
    });
    const room = client.room(this.stored.roomId);
    const heard: number[] = [];
    client.on('message', ({ message }) => heard.push(message.seq));
    client.connect();
    room.watch();
    room.loadLatest().catch(() => {});
    client
      .rooms()
      .load()
      .catch(() => {});
    client.unread.load().catch(() => {});
    return { client, room, device, network, heard, written: [] };
  }

  async take({ who, deed, pauseMs }: Step, at: number): Promise<void> {
    const person = this.people[who];
    if (person) this.#do(person, { deed, at });
    await this.clock.advance(pauseMs);
  }

  #do(person: Person, { deed, at }: { deed: Step['deed']; at: number }): void {
    const { client, room, device } = person;
    const mine = room.getState().messages.filter((it) => it.isMine && it.seq !== null);
    const seq = mine[Math.floor(this.#dice() * mine.length)]?.seq ?? null;
    const quietly = (work: Promise<unknown>) => void work.catch(() => {});
    if (deed === 'send') person.written.push(room.send({ text: `text ${at}` }));
    if (deed === 'elsewhere') this.server.write(this.stored, 'vendor:7', `elsewhere ${at}`);
    if (deed === 'edit' && seq !== null) quietly(room.edit(seq, `edited ${at}`));
    if (deed === 'remove' && seq !== null) quietly(room.remove(seq));
    if (deed === 'react' && seq !== null) quietly(room.react(seq, '👍', at % 2 === 0));
    if (deed === 'read') room.markRead();
    if (deed === 'mine') quietly(room.setMine({ labels: [`label ${at}`] }));
    if (deed === 'status') quietly(at % 2 === 0 ? room.close() : room.reopen());
    if (deed === 'cut') this.server.cut();
    if (deed === 'offline' || deed === 'online') device.signal(deed);
    if (deed === 'wake') device.signal('visible');
    if (deed === 'renew') client.connect();
  }

  /** Good weather from now on; what had failed for good is sent again by hand. Then each comes back once more. */
  async calm(): Promise<void> {
    for (const { network } of this.people) network.isBad = false;
    await this.#comeBack();
    for (const { room } of this.people) {
      for (const { id, status } of room.getState().messages) {
        if (status === 'failed') room.retry(id);
      }
    }
    await this.clock.advance(60_000);
    // how far a message of one's own moved the read mark is said by the room's head only
    await this.#comeBack();
  }

  async #comeBack(): Promise<void> {
    for (const { device } of this.people) {
      device.signal('offline');
      device.signal('online');
    }
    await this.clock.advance(60_000);
  }

  close(): void {
    for (const { client } of this.people) client.close();
  }
}

const faultsOf = (story: Story) =>
  story.people.flatMap(({ network }) => [...network.faults.keys()]);

function compare({ stored, people, server }: Story): void {
  const ids = stored.messages.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [at, { client, room, heard, written }] of people.entries()) {
    const state = room.getState();
    const member = at === 0 ? stored.customer : stored.vendor;
    const truth = renderRoom(stored, member);
    expect(client.getState()).toMatchObject({ connection: 'online', unsent: 0 });
    expect(ids.filter((id) => written.includes(id))).toHaveLength(written.length);
    expect(state.messages.map(pick)).toEqual(stored.messages.map(pick));
    expect(new Set(heard).size).toBe(heard.length);
    const { status, seq, read, unread, mine, lastMessage } = state.room ?? truth;
    expect({ status, seq, read, unread, mine, lastMessage }).toEqual({
      status: truth.status,
      seq: truth.seq,
      read: truth.read,
      unread: truth.unread,
      mine: truth.mine,
      lastMessage: truth.lastMessage,
    });
    expect(client.rooms().getState().rooms).toHaveLength(1);
    expect(client.rooms().getState().rooms[0]).toEqual(state.room);
    expect(client.unread.getState()?.messages).toBe(truth.unread);
  }
  expect(server.connections.size).toBe(2);
}

function pick({
  seq,
  id,
  text,
  reactions,
  deletedAt,
}: {
  seq: number | null;
  id: string;
  text: string | null;
  reactions: object;
  deletedAt: string | null;
}) {
  return { seq, id, text, reactions, deletedAt };
}

describe('a client in any luck', () => {
  it('shows in the end what the server has, with nothing lost and nothing doubled', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.integer(), steps, async (seed, course) => {
        const story = new Story(seed);
        try {
          for (const [at, step] of course.entries()) await story.take(step, at);
          for (const fault of faultsOf(story)) seen.add(fault);
          await story.calm();
          compare(story);
        } finally {
          story.close();
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 60) },
    );
    expect([...seen].toSorted()).toEqual([
      '401',
      '429',
      '500',
      '503',
      'doubled',
      'dropped',
      'hangs',
      'lost answer',
      'silent',
      'unreachable',
      'very late',
    ]);
  }, 120_000);
});

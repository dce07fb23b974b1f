import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { renderRoom } from '../../support/fake-server-rooms.ts';
import { NINO } from '../../support/fake-chat.ts';
import { type ChatTab, FakeTabs, VENDOR } from '../../support/fake-tabs.ts';

const GIORGI = { ...NINO, sub: '43', name: 'Giorgi' };

let tabs: FakeTabs;
beforeEach(() => {
  tabs = new FakeTabs();
});
afterEach(() => tabs.close());

const storedTexts = (of = NINO) =>
  tabs.server.roomOf(`customer:${of.sub}`, VENDOR).messages.map(({ text }) => text);

const online = (...some: ChatTab[]) => some.map(({ client }) => client.getState().connection);

describe('the tabs of one person', () => {
  it('have one socket, and all of them are online', async () => {
    const all = [await tabs.open(NINO), await tabs.open(NINO), await tabs.open(NINO)];
    await tabs.pass(2_000);
    expect(online(...all)).toEqual(['online', 'online', 'online']);
    expect(tabs.server.connections.size).toBe(1);
  });

  it('all hear of what comes in, and of what one of them does', async () => {
    const [first, second] = [await tabs.open(NINO), await tabs.open(NINO)];
    await tabs.pass(5_000);
    const stored = tabs.server.roomOf(`customer:${NINO.sub}`, VENDOR);
    tabs.server.write(stored, VENDOR, 'from the shop');
    first.room.send({ text: 'from the first' });
    second.room.send({ text: 'from the second' });
    await tabs.rest();
    const all = ['from the shop', 'from the first', 'from the second'];
    expect([first.texts(), second.texts()]).toEqual([all, all]);

    for (const doer of [first, second]) {
      const seq = tabs.server.write(stored, VENDOR, 'read me').seq;
      await tabs.rest();
      doer.room.markRead();
      await doer.room.edit(doer === first ? 2 : 3, 'edited');
      await tabs.rest();
      const seen = [first, second].map(({ room }) => room.getState().readSeq);
      expect(seen).toEqual([seq, seq]);
    }
    expect(first.texts().slice(1, 3)).toEqual(['edited', 'edited']);
    expect(second.texts()).toEqual(first.texts());
  });

  it.each<[string, (tab: ChatTab) => void]>([
    ['dies', ({ tab }) => tab.die()],
    ['is closed', ({ client }) => client.close()],
    ['disconnects', ({ client }) => client.disconnect()],
    ['is put to sleep', ({ tab }) => tab.sleep()],
  ])('have a socket again within a second when the one that holds it %s', async (_, end) => {
    const [first, second, third] = [
      await tabs.open(NINO),
      await tabs.open(NINO),
      await tabs.open(NINO),
    ];
    await tabs.pass(2_000);
    end(first);
    await tabs.pass(2_000);
    expect(online(second, third)).toEqual(['online', 'online']);
    expect(tabs.server.connections.size).toBe(1);
  });

  it('have a socket again when the one that holds it hangs', async () => {
    const [first, second] = [await tabs.open(NINO), await tabs.open(NINO)];
    await tabs.pass(2_000);
    first.tab.hang();
    await tabs.pass(30_000);
    tabs.server.write(tabs.server.roomOf('customer:42', VENDOR), VENDOR, 'hello?');
    await tabs.rest();
    expect(second.texts()).toEqual(['hello?']);
    first.tab.goOn();
    await tabs.pass(5_000);
    expect(online(first, second)).toEqual(['online', 'online']);
    expect(first.texts()).toEqual(['hello?']);
    expect(tabs.server.connections.size).toBe(1);
  });

  it('stay online and hear everything once while the shared socket is followed by the next', async () => {
    const [holder, other] = [await tabs.open(NINO), await tabs.open(NINO)];
    await tabs.pass(5_000);
    const stored = tabs.server.roomOf(`customer:${NINO.sub}`, VENDOR);
    const statuses = new Set<string>();
    const heard: string[][] = [[], []];
    for (const [at, { client }] of [holder, other].entries()) {
      client.subscribe(() => statuses.add(client.getState().connection));
      client.on('message', ({ message }) => heard[at]?.push(message.text ?? ''));
      client.on('room', ({ room }) => heard[at]?.push(room.status));
    }
    const said: string[] = [];
    const say = (text: string) => {
      tabs.server.write(stored, VENDOR, text);
      tabs.server.push(stored, { event: 'room', room: renderRoom(stored, stored.customer) });
      said.push(text, stored.status);
    };
    const before = tabs.server.handshakes;
    for (let quarter = 1; quarter <= 7; quarter += 1) {
      await tabs.clock.advance(15 * 60_000);
      say(`the shop at ${tabs.clock.now()}`);
      await tabs.rest();
    }
    expect(tabs.server.handshakes).toBe(before);
    while (tabs.server.handshakes === before) await tabs.pass(1_000);
    for (let second = 0; second < 10; second += 1) {
      say(`the shop at ${tabs.clock.now()}`);
      other.room.setTyping(second % 2 === 0);
      await tabs.pass(1_000);
    }
    expect(tabs.server.handshakes).toBe(before + 1);
    expect(tabs.server.connections.size).toBe(1);
    expect([...statuses].filter((status) => status !== 'online')).toEqual([]);
    expect(heard).toEqual([said, said]);
    const typed = tabs.server.frames.filter(({ action }) => action === 'typing');
    expect(typed.map(({ typing }) => typing).slice(0, 4)).toEqual([true, false, true, false]);
  });

  it('each have a socket of their own where there are no locks', async () => {
    const open = () => tabs.open(NINO, tabs.browser.open({ hasLocks: false }));
    const all = [await open(), await open()];
    await tabs.pass(2_000);
    all[0]?.room.send({ text: 'hello' });
    await tabs.rest();
    expect(tabs.server.connections.size).toBe(2);
    expect(all.map((tab) => tab.texts())).toEqual([['hello'], ['hello']]);
  });

  it('never meet those of another person', async () => {
    const [nino, giorgi] = [await tabs.open(NINO), await tabs.open(GIORGI)];
    await tabs.pass(2_000);
    tabs.server.fault = () => 'unreachable';
    nino.room.send({ text: 'a secret' });
    await tabs.rest();
    expect(tabs.server.connections.size).toBe(2);
    expect(giorgi.client.getState().unsent).toBe(0);
    nino.tab.die();
    tabs.server.fault = () => null;
    await tabs.pass(60_000);
    expect(storedTexts(GIORGI)).toEqual([]);
  });
});

describe('what is unsent', () => {
  it('is shown by all tabs, and sent by one', async () => {
    const [first, second] = [await tabs.open(NINO), await tabs.open(NINO)];
    await tabs.pass(2_000);
    tabs.server.fault = (call) => (call.startsWith('POST') ? 'unreachable' : null);
    tabs.server.socketsWork = false;
    second.room.send({ text: 'hello' });
    await tabs.rest();
    const statuses = () => [first, second].map(({ room }) => room.getState().messages[0]?.status);
    expect(statuses()).toEqual(['sending', 'sending']);
    tabs.server.fault = () => null;
    await tabs.pass(60_000);
    expect(statuses()).toEqual(['sent', 'sent']);
    expect(storedTexts()).toEqual(['hello']);
    second.room.send({ text: 'again' });
    await tabs.rest();
    expect(new Set(tabs.tries.map(({ device }) => device)).size).toBe(1);
  });

  it('says in the tab that wrote it why it failed, and is retried from there', async () => {
    const [first, second] = [await tabs.open(NINO), await tabs.open(NINO)];
    tabs.server.fault = (call) =>
      call.startsWith('POST') ? { status: 400, body: { code: 'invalid' } } : null;
    const failed: string[] = [];
    second.client.on('failed', ({ id }) => failed.push(id));
    const id = second.room.send({ text: 'hello' });
    await tabs.rest();
    expect(failed).toEqual([id]);
    expect(first.room.getState().messages[0]?.status).toBe('failed');
    tabs.server.fault = () => null;
    second.room.retry(id);
    await tabs.rest();
    expect(storedTexts()).toEqual(['hello']);
    expect(second.room.getState().messages[0]?.status).toBe('sent');
  });

  it('is sent on the next visit, without a socket', async () => {
    const first = await tabs.open(NINO);
    tabs.server.fault = () => 'unreachable';
    tabs.server.socketsWork = false;
    first.room.send({ text: 'left behind' });
    await tabs.rest();
    first.tab.die();
    expect([...tabs.browser.kept.keys()].join()).toContain('unsent parley/http://fake/v1/');
    tabs.server.fault = () => null;
    const next = await tabs.open(NINO, undefined, { isConnected: false });
    next.client.resume();
    await tabs.pass(5_000);
    expect(storedTexts()).toEqual(['left behind']);
    expect(tabs.browser.kept.size).toBe(0);
    expect(next.client.getState().connection).toBe('idle');
  });

  it('goes out from memory where the browser stores nothing', async () => {
    const forbidden = () => {
      throw new DOMException('Forbidden.', 'SecurityError');
    };
    const tab = tabs.browser.open();
    Object.assign(tab.browser, { databases: forbidden, flags: forbidden });
    const { room } = await tabs.open(NINO, tab);
    room.send({ text: 'hello' });
    await tabs.rest();
    expect(storedTexts()).toEqual(['hello']);
  });

  it('is gone with a logout, in the other tabs too', async () => {
    const [first, second] = [await tabs.open(NINO), await tabs.open(NINO)];
    tabs.server.fault = () => 'unreachable';
    tabs.server.socketsWork = false;
    first.room.send({ text: 'a secret' });
    await tabs.rest();
    first.session.erase();
    first.client.close();
    await tabs.rest();
    second.room.send({ text: 'kept nowhere' });
    await tabs.rest();
    expect(await tabs.browser.databases.databases()).toEqual([]);
    expect(tabs.browser.kept.size).toBe(0);
    tabs.server.fault = () => null;
    tabs.server.socketsWork = true;
    await tabs.clock.advance(60_000);
    expect(storedTexts()).toEqual(['kept nowhere']);
  });
});

/** What may happen to three tabs, of which some come and go. */
type Happening =
  | { readonly type: 'write' | 'die' | 'hang' | 'sleep' | 'go on'; readonly tab: number }
  | { readonly type: 'network'; readonly fault: 'unreachable' | 'lost answer' | null }
  | { readonly type: 'wait'; readonly seconds: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: act('write') },
  { weight: 2, arbitrary: act('die') },
  { weight: 1, arbitrary: act('hang') },
  { weight: 1, arbitrary: act('sleep') },
  { weight: 1, arbitrary: act('go on') },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('network' as const),
      fault: fc.constantFrom('unreachable' as const, 'lost answer' as const, null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      seconds: fc.integer({ min: 1, max: 20 }),
    }),
  },
);

function act(type: 'write' | 'die' | 'hang' | 'sleep' | 'go on') {
  return fc.record({ type: fc.constant(type), tab: fc.integer({ min: 0, max: 2 }) });
}

describe('whatever happens to tabs and network', () => {
  it('every message is stored once, in the order of its tab, and all tabs show the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 14 }), async (course) => {
        tabs = new FakeTabs();
        const run = new Run();
        await run.begin();
        for (const next of course) await run.happen(next);
        await run.end();
        const texts = storedTexts();
        expect(new Set(texts)).toEqual(new Set(run.written));
        expect(texts).toHaveLength(run.written.length);
        for (const writer of run.writers) {
          const own = (text: string | null) => text?.startsWith(`${writer}:`) === true;
          expect(texts.filter(own)).toEqual(run.written.filter(own));
        }
        for (const tab of run.living) expect(tab.texts()).toEqual(texts);
        expect(tabs.server.connections.size).toBe(1);
        const { handshakes } = tabs.server;
        await tabs.pass(60_000);
        expect(tabs.server.handshakes).toBe(handshakes);
        expect(changedSearches()).toEqual([]);
        expect(tabs.tries.filter(({ after }) => after === undefined)).toEqual([]);
        tabs.close();
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

/** Messages that were searched for from different places: twins might be missed. */
function changedSearches(): string[] {
  const first = new Map<string, number | undefined>();
  return tabs.tries
    .filter(({ id, after }) => {
      if (!first.has(id)) first.set(id, after);
      return first.get(id) !== after;
    })
    .map(({ id }) => id);
}

interface Slot {
  readonly name: string;
  readonly tab: ChatTab;
  isStill: 'hangs' | 'sleeps' | null;
}

class Run {
  readonly written: string[] = [];
  readonly writers: string[] = [];
  readonly #slots: Slot[] = [];
  #count = 0;

  get living(): ChatTab[] {
    return this.#slots.map(({ tab }) => tab);
  }

  async begin(): Promise<void> {
    for (let slot = 0; slot < 3; slot += 1) await this.#open(slot);
  }

  async happen(next: Happening): Promise<void> {
    if (next.type === 'wait') return tabs.pass(next.seconds * 1_000);
    if (next.type === 'network') {
      const { fault } = next;
      tabs.server.fault = (call) =>
        fault === 'lost answer' && call.startsWith('GET') ? null : fault;
      tabs.server.socketsWork = fault === null;
      if (fault !== null) tabs.server.cut();
      return undefined;
    }
    const slot = this.#slots[next.tab];
    if (!slot) return undefined;
    if (next.type === 'die') {
      slot.tab.tab.die();
      return this.#open(next.tab);
    }
    if (next.type === 'go on') this.#goOn(slot);
    else if (slot.isStill === null) this.#act(slot, next.type);
    return tabs.rest();
  }

  async end(): Promise<void> {
    tabs.server.fault = () => null;
    tabs.server.socketsWork = true;
    for (const slot of this.#slots) this.#goOn(slot);
    await tabs.pass(150_000);
  }

  #act(slot: Slot, type: 'write' | 'hang' | 'sleep'): void {
    if (type === 'write') {
      this.#count += 1;
      const text = `${slot.name}: ${this.#count}`;
      slot.tab.room.send({ text });
      this.written.push(text);
    } else if (type === 'hang') {
      slot.isStill = 'hangs';
      slot.tab.tab.hang();
    } else {
      slot.isStill = 'sleeps';
      slot.tab.tab.sleep();
    }
  }

  #goOn(slot: Slot): void {
    if (slot.isStill === 'hangs') slot.tab.tab.goOn();
    if (slot.isStill === 'sleeps') slot.tab.tab.wake();
    slot.isStill = null;
  }

  async #open(slot: number): Promise<void> {
    const name = `tab ${this.writers.length}`;
    this.writers.push(name);
    this.#slots[slot] = { name, tab: await tabs.open(NINO), isStill: null };
  }
}

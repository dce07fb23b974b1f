/** The reply time: the median of first answers within opening hours, counted once each, over 30 days. */
import { describe, expect, it } from 'vitest';

import { recordAnswers, replySecondsOf } from '#core/vendor/reply-time.ts';
import { toIso } from '#core/room.ts';

import { aHead, aMessage, START_MS, VENDOR } from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { type Access, fakeStore, FakeTables } from '../../support/fake-store.ts';
import { everyDay, someHours, someSettings } from '../../support/shop.ts';

const DAY_MS = 86_400_000;

function aShop(access: Access = {}) {
  const tables = new FakeTables();
  const world = new World();
  const ports = portsOver(fakeStore(tables, access), world);
  /** An answer after so many seconds, in a room of its own, given now unless told. */
  const answer = (seconds: number, room: string, atMs = world.nowMs) =>
    recordAnswers(ports, {
      head: aHead({
        roomId: room,
        exchange: { askedAt: toIso(atMs - seconds * 1_000), answeredSeq: 2 },
      }),
      messages: [aMessage({ roomId: room, seq: 2, sender: VENDOR, at: toIso(atMs) })],
    });
  const shown = () => replySecondsOf(tables.shops.get(VENDOR) ?? null, world.nowMs);
  return { tables, world, ports, answer, shown };
}

describe('the reply time', () => {
  it('is the median, from five answers on', async () => {
    const { answer, shown } = aShop();
    expect(shown()).toBeNull();
    for (const [i, seconds] of [600, 60, 10_000, 120].entries()) await answer(seconds, `r${i}`);
    expect(shown()).toBeNull();
    await answer(240, 'r4');
    expect(shown()).toBe(240);
    await answer(100, 'r5');
    expect(shown()).toBe(180);
  });

  it('counts an answer once, however often its record comes', async () => {
    const { answer, tables, shown } = aShop();
    for (let n = 0; n < 5; n += 1) await answer(60, 'r1');
    expect(tables.answers.size).toBe(1);
    expect(shown()).toBeNull();
  });

  it('counts the open time only', async () => {
    const { tables, answer } = aShop();
    // START is 20:00 in Tbilisi, on a Sunday.
    const hours = someHours(everyDay([{ from: '10:00', to: '18:00' }]));
    tables.shops.set(VENDOR, { settings: someSettings({ hours }) });
    await answer(3 * 3_600, 'asked at five, answered at eight');
    expect([...tables.answers.values()]).toMatchObject([{ seconds: 3_600 }]);
    await answer(3_600, 'asked and answered while it was closed');
    expect(tables.answers.size).toBe(1);
  });

  it('counts a wait for 30 days at most', async () => {
    const { answer, tables } = aShop();
    await answer(90 * 86_400, 'r1');
    expect([...tables.answers.values()]).toMatchObject([{ seconds: 30 * 86_400 }]);
  });

  it.each([
    ['an answer that is not among the messages', { answeredSeq: 3 }],
    ['a question without an answer', {}],
  ])('does not count %s', async (_, exchange) => {
    const { ports, tables } = aShop();
    await recordAnswers(ports, {
      head: aHead({ exchange: { askedAt: toIso(START_MS), ...exchange } }),
      messages: [aMessage({ seq: 2, sender: VENDOR })],
    });
    await recordAnswers(ports, { head: aHead(), messages: [aMessage({ seq: 2, sender: VENDOR })] });
    expect(tables.answers.size).toBe(0);
  });

  it('forgets answers of more than 30 days ago, and records of them that come late', async () => {
    const { answer, shown, world, tables } = aShop();
    for (let n = 0; n < 5; n += 1) await answer(60, `r${n}`);
    world.nowMs += 30 * DAY_MS;
    expect(shown()).toBe(60);
    world.nowMs += 1;
    expect(shown()).toBeNull();
    await answer(10, 'late', world.nowMs - 30 * DAY_MS);
    expect(tables.answers.size).toBe(5);
    for (let n = 0; n < 4; n += 1) await answer(10, `new${n}`);
    expect(shown()).toBeNull();
    await answer(10, 'new4');
    expect(shown()).toBe(10);
  });

  it('is computed every few minutes once there are many answers, from the newest 200', async () => {
    const { answer, shown, tables, world } = aShop();
    for (let n = 0; n < 20; n += 1) await answer(60, `r${n}`);
    const { version } = tables.shops.get(VENDOR)?.replyTime ?? { version: 0 };
    for (let n = 0; n < 300; n += 1) await answer(10, `fast${n}`, world.nowMs + n);
    expect(tables.shops.get(VENDOR)?.replyTime?.version).toBe(version);
    world.nowMs += 5 * 60_000;
    await answer(10, 'one more');
    expect(tables.shops.get(VENDOR)?.replyTime).toMatchObject({ count: 200, seconds: 10 });
    expect(shown()).toBe(10);
  });

  it('is right after a repetition where a process died before it was written', async () => {
    const { ports, answer, shown, world } = aShop();
    for (let n = 0; n < 4; n += 1) await answer(60, `r${n}`);
    const { listAnswers } = ports.profiles;
    ports.profiles.listAnswers = async () => Promise.reject(new Error('died'));
    await expect(answer(90, 'r4', world.nowMs)).rejects.toThrow('died');
    expect(shown()).toBeNull();
    ports.profiles.listAnswers = listAnswers;
    await answer(90, 'r4', world.nowMs);
    expect(shown()).toBe(60);
  });

  it('has all answers where several are counted at once', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      let state = seed;
      const { answer, tables } = aShop({
        request: async (work) => {
          state = (state * 48_271) % 2_147_483_647;
          for (let turn = state % 7; turn > 0; turn -= 1) await Promise.resolve();
          return work();
        },
      });
      await Promise.all([1, 2, 3, 4, 5].map((n) => answer(60 * n, `r${n}`)));
      expect(tables.shops.get(VENDOR)?.replyTime).toMatchObject({ count: 5, seconds: 180 });
    }
  });
});

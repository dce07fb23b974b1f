/** Tabs that tell one another where they look, over a channel that can be slow, odd and silent. */
import { describe, expect, it } from 'vitest';

import { createTabTalk, type TabLook } from '../../../../web/chat/notify/tab-talk.ts';
import { manualClock } from '../../../support/manual-clock.ts';

/** A channel to which every tab has an end. */
function aChannel() {
  const ends: { tab: string; hear: (body: unknown) => void }[] = [];
  const endOf = (tab: string) => ({
    post: (_: string, body: unknown) => {
      for (const end of ends) if (end.tab !== tab) end.hear(structuredClone(body));
    },
    hear: (_: string, hear: (body: unknown) => void) => {
      const end = { tab, hear };
      ends.push(end);
      return () => void ends.splice(ends.indexOf(end), 1);
    },
  });
  return { endOf, shout: (body: unknown) => endOf('nobody').post('', body) };
}

const LIST: TabLook = { roomId: null, isLooking: false, canSound: false };

function aTab(
  channel: ReturnType<typeof aChannel>,
  tab: string,
  { look = LIST }: { look?: TabLook } = {},
) {
  const clock = manualClock();
  const seen: string[] = [];
  const sounds: string[] = [];
  const talk = createTabTalk({
    channel: channel.endOf(tab),
    tab,
    look: () => look,
    onLook: (roomId) => void seen.push(roomId),
    onSound: () => void sounds.push(tab),
    after: (delayMs, run) => void clock.after(delayMs, run),
  });
  return { talk, seen, sounds, clock };
}

describe('a tab that asks', () => {
  it('learns how each of the others is', async () => {
    const channel = aChannel();
    const { talk, clock } = aTab(channel, 'a');
    aTab(channel, 'b', { look: { roomId: 'room', isLooking: true, canSound: true } });
    aTab(channel, 'c');
    const answers = talk.ask();
    clock.advance(150);
    expect(await answers).toEqual([
      { tab: 'b', roomId: 'room', isLooking: true, canSound: true },
      { tab: 'c', ...LIST },
    ]);
  });

  it('waits for nobody, and takes a tab that is gone for gone', async () => {
    const channel = aChannel();
    const { talk, clock } = aTab(channel, 'a');
    const gone = aTab(channel, 'b');
    gone.talk.close();
    const answers = talk.ask();
    clock.advance(150);
    expect(await answers).toEqual([]);
  });

  it('asks once for all who want to know at the same time, and anew after that', async () => {
    const channel = aChannel();
    const { talk, clock } = aTab(channel, 'a');
    const [first, second] = [talk.ask(), talk.ask()];
    expect(first).toBe(second);
    clock.advance(150);
    await first;
    aTab(channel, 'b');
    const later = talk.ask();
    clock.advance(150);
    expect(await later).toHaveLength(1);
  });
});

describe('a tab that looks elsewhere', () => {
  it('tells the others which room is seen now', () => {
    const channel = aChannel();
    const { seen } = aTab(channel, 'a');
    aTab(channel, 'b', { look: { roomId: 'room', isLooking: true, canSound: false } }).talk.tell();
    aTab(channel, 'c', {
      look: { roomId: 'hidden', isLooking: false, canSound: false },
    }).talk.tell();
    expect(seen).toEqual(['room']);
  });
});

describe('a sound', () => {
  it('is made by the one tab that is asked to', () => {
    const channel = aChannel();
    const { talk, sounds: own } = aTab(channel, 'a');
    const [b, c] = [aTab(channel, 'b'), aTab(channel, 'c')];
    talk.sound('c');
    expect([own, b.sounds, c.sounds]).toEqual([[], [], ['c']]);
  });
});

describe('what another version of the page says', () => {
  it.each([
    null,
    1,
    'ask',
    [],
    {},
    { type: 'look', tab: 'x' },
    { type: 'look', tab: 'x', look: {} },
    { type: 'sound' },
  ])('does no harm: %j', async (said) => {
    const channel = aChannel();
    const { talk, clock, sounds, seen } = aTab(channel, 'a');
    const answers = talk.ask();
    channel.shout(said);
    clock.advance(150);
    expect(await answers).toEqual([]);
    expect([...sounds, ...seen]).toEqual([]);
  });
});

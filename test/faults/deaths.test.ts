/** An environment dies at each point of a send: the message is there once, and who is online hears of it without anybody's help. */
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checkHistory } from './checker/checker.ts';
import type { Death } from './faults/weather.ts';
import { readFinals, shownAtEnd } from './history/finals.ts';
import { History } from './history/history.ts';
import { closeStage, type Device, openStage, type Stage, until } from './torture/scene.ts';
import { openStand, type Stand } from './torture/stand.ts';

const DEATHS: readonly Death[] = [
  'before the commit',
  'after the commit',
  'between two pushes',
  'before the answer',
];
const GREETING = 'Good morning!';
const HEARD_WITHIN_MS = 30_000;
const history = new History();

let stand: Stand;
let stage: Stage;

beforeAll(async () => {
  stand = await openStand();
  const crew = { devices: 2, writers: 1 };
  stage = await openStage({ stack: stand.stack, history, seed: 1, name: 'deaths', crew });
  await stage.writers[0]?.send(GREETING);
  await shown(GREETING);
  // What devices read by themselves after they came is over then.
  await sleep(3_000);
}, 240_000);

afterAll(async () => {
  closeStage(stage);
  await stand.stop();
});

function textsOf({ room }: Device): (string | null)[] {
  return room.getState().messages.map(({ text }) => text);
}

async function shown(text: string): Promise<void> {
  for (const device of stage.devices) {
    const isShown = () => textsOf(device).includes(text);
    await until(isShown, HEARD_WITHIN_MS, `${device.name} shows "${text}"`);
  }
}

describe('an environment that dies', () => {
  it.each(DEATHS)(
    '%s leaves its message once, and told',
    async (death) => {
      const [, shop] = stage.writers;
      stand.sky.strikeNext(`death ${death}`);
      await shop?.send(death);
      expect(stand.sky.counts.get(`death ${death}`)).toBe(1);
      await shown(death);
    },
    120_000,
  );

  it('breaks no promise', async () => {
    for (const reader of stage.readers) await readFinals(history, reader);
    for (const device of stage.devices) {
      history.deviceFinals.push(shownAtEnd(device.name, device.chat, stage.roomId));
      expect(textsOf(device)).toEqual([GREETING, ...DEATHS]);
    }
    expect(checkHistory(history)).toEqual([]);
    // The sender heard nothing of three, and tried again.
    const sends = history.entries.filter(({ kind }) => kind === 'send');
    expect(sends.length).toBeGreaterThan(1 + DEATHS.length);
  });
});

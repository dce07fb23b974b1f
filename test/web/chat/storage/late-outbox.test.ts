/** A tab whose code for other tabs and visits is late, or does not come at all: real sessions, and nothing is lost. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PATIENCE_MS } from '../../../../web/chat/session.ts';
import { NINO } from '../../../support/fake-chat.ts';
import { FakeTabs, VENDOR } from '../../../support/fake-tabs.ts';

let tabs: FakeTabs;
beforeEach(() => {
  tabs = new FakeTabs();
});
afterEach(() => {
  tabs.close();
  vi.unstubAllGlobals();
});

const storedTexts = () =>
  tabs.server.roomOf(`customer:${NINO.sub}`, VENDOR).messages.map(({ text }) => text);

describe('without the code for other tabs and visits', () => {
  const never = new Promise<void>(() => {});

  it.each([
    ['that does not come', () => Promise.reject(new Error('No network.')), 0],
    ['that is slow', () => never, PATIENCE_MS],
  ])('%s, what is written leaves from memory, over a socket of its own', async (_, load, ms) => {
    const { client, room } = await tabs.open(NINO, undefined, { sharing: load() });
    room.send({ text: 'hello' });
    await tabs.rest();
    await tabs.pass(ms);
    await tabs.rest();
    expect(storedTexts()).toEqual(['hello']);
    expect(room.getState().messages.map(({ status }) => status)).toEqual(['sent']);
    expect(client.getState().connection).toBe('online');
  });

  it.each([
    ['with locks', true],
    ['without', false],
  ])('what an earlier visit left is taken up when it comes late, %s', async (_, hasLocks) => {
    const first = await tabs.open(NINO);
    tabs.server.fault = () => 'unreachable';
    tabs.server.socketsWork = false;
    first.room.send({ text: 'left behind' });
    await tabs.rest();
    first.tab.die();
    await tabs.pass(1_000);
    const coming = Promise.withResolvers<void>();
    const tab = tabs.browser.open({ hasLocks });
    const second = await tabs.open(NINO, tab, { sharing: coming.promise });
    second.room.send({ text: 'from memory' });
    await tabs.pass(PATIENCE_MS);
    expect(second.texts()).toEqual(['from memory']);
    coming.resolve();
    await tabs.rest();
    expect(second.texts()).toEqual(['left behind', 'from memory']);
    // what waited for the code is stored since then
    second.tab.die();
    tabs.server.fault = () => null;
    tabs.server.socketsWork = true;
    await tabs.open(NINO);
    await tabs.pass(60_000);
    expect(storedTexts()).toEqual(['left behind', 'from memory']);
  });

  it('a logout takes away what an earlier visit left, once it is there', async () => {
    const first = await tabs.open(NINO);
    tabs.server.fault = () => 'unreachable';
    first.room.send({ text: 'a secret' });
    await tabs.rest();
    first.tab.die();
    const coming = Promise.withResolvers<void>();
    const second = await tabs.open(NINO, undefined, { sharing: coming.promise });
    second.session.erase();
    second.client.close();
    coming.resolve();
    await tabs.rest();
    expect(await tabs.browser.databases.databases()).toEqual([]);
    expect(tabs.browser.kept.size).toBe(0);
  });

  it('a logout takes it away at once, for a page that is left before the code comes', async () => {
    vi.stubGlobal('indexedDB', tabs.browser.databases);
    vi.stubGlobal('localStorage', tabs.browser.flags);
    const first = await tabs.open(NINO);
    tabs.server.fault = () => 'unreachable';
    first.room.send({ text: 'a secret' });
    await tabs.rest();
    first.tab.die();
    const second = await tabs.open(NINO, undefined, { sharing: never });
    second.session.erase();
    second.tab.die();
    await tabs.rest();
    expect(await tabs.browser.databases.databases()).toEqual([]);
    expect(tabs.browser.kept.size).toBe(0);
  });
});

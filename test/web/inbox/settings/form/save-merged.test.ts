/** Saving beside a colleague who is always faster. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { saveMerged } from '../../../../../web/inbox/settings/form/save-merged.ts';
import { ANA, FakeChat } from '../../../../support/fake-chat.ts';

let chat: FakeChat;
beforeEach(() => {
  chat = new FakeChat();
});
afterEach(() => chat.close());

/** Ana's form; a colleague saves these one after the other, each right before a PUT of hers arrives. */
async function besides(...changes: object[]) {
  const { client } = chat.client(ANA);
  const { shop } = chat.server;
  chat.server.fault = (call) => {
    if (!call.startsWith('PUT')) return null;
    const { version = 0 } = shop.settings;
    const change = changes.shift();
    if (change) shop.settings = { ...shop.settings, ...change, version: version + 1 };
    return null;
  };
  await client.settings.load();
  const base = client.settings.getState().value;
  if (base === null) throw new Error('There are no settings.');
  return { client, base, shop };
}

describe('saving beside a colleague', () => {
  it('takes back nothing of what was saved between the reading and the writing', async () => {
    const { client, base, shop } = await besides({ greeting: 'Hi' }, { awayMessage: 'Closed' });
    const mine = { name: 'Ceramics' };
    expect(await saveMerged(client.settings, { base, mine, force: false })).toEqual([]);
    const stored = { greeting: 'Hi', awayMessage: 'Closed', name: 'Ceramics', version: 3 };
    expect(shop.settings).toMatchObject(stored);
    expect(client.settings.getState().value).toMatchObject(stored);
  });

  it('names what both changed in that instant, and saves nothing', async () => {
    const { client, base, shop } = await besides({ name: 'Theirs' });
    const change = { base, mine: { name: 'Mine' }, force: false };
    expect(await saveMerged(client.settings, change)).toEqual(['name']);
    expect(shop.settings).toMatchObject({ name: 'Theirs' });
    expect(await saveMerged(client.settings, { ...change, force: true })).toEqual([]);
    expect(shop.settings).toMatchObject({ name: 'Mine' });
  });

  it('gives up where somebody saves all the time', async () => {
    const { client, base } = await besides(
      ...Array.from({ length: 9 }, (_, at) => ({ greeting: `${at}` })),
    );
    const saving = saveMerged(client.settings, { base, mine: { name: 'Mine' }, force: true });
    await expect(saving).rejects.toMatchObject({ code: 'conflict' });
  });
});

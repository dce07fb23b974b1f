/** Saved replies: made once however often asked, one per shortcut, bounded, and right where colleagues work at once. */
import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { addReply, deleteReply, listReplies, putReply } from '#core/vendor/saved-replies.ts';
import { MAX_SAVED_CHARACTERS, MAX_SAVED_REPLIES } from '#protocol/limits.ts';

import { aCustomer, anAdmin, aVendor, VENDOR } from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { type Access, fakeStore, FakeTables } from '../../support/fake-store.ts';

const HELLO = { replyId: randomUUID(), shortcut: 'hello', messages: ['Hello {{customer}}!'] };
const ana = aVendor();
const conflict = { code: 'conflict' };

function aShop(access: Access = {}) {
  const tables = new FakeTables();
  const world = new World();
  return { tables, world, ports: portsOver(fakeStore(tables, access), world) };
}
const another = (shortcut: string, messages = ['Hi']) => ({
  replyId: randomUUID(),
  shortcut,
  messages,
});

describe('a saved reply', () => {
  it('is made once: a retry is the same reply, other content a conflict', async () => {
    const { ports, world } = aShop();
    const first = await addReply(ports, ana, HELLO);
    world.nowMs += 1_000;
    expect(first).toMatchObject({ isNew: true, reply: HELLO });
    expect(await addReply(ports, ana, HELLO)).toEqual({ ...first, isNew: false });
    await expect(addReply(ports, ana, { ...HELLO, messages: ['Hi'] })).rejects.toMatchObject(
      conflict,
    );
    expect(await listReplies(ports, ana)).toEqual([first.reply]);
  });

  it.each(['hello', 'HELLO', 'Hello'])('keeps its shortcut from another one: %s', async (name) => {
    const { ports } = aShop();
    await addReply(ports, ana, HELLO);
    await expect(addReply(ports, ana, another(name))).rejects.toMatchObject(conflict);
    const bye = another('bye');
    await addReply(ports, ana, bye);
    await expect(putReply(ports, ana, { ...bye, shortcut: name })).rejects.toMatchObject(conflict);
    expect(await listReplies(ports, ana)).toHaveLength(2);
  });

  it('is replaced as a whole, and may take another shortcut or keep its own', async () => {
    const { ports, world } = aShop();
    const { reply } = await addReply(ports, ana, HELLO);
    world.nowMs += 1_000;
    expect(await putReply(ports, ana, HELLO)).toEqual(reply);
    const changed = await putReply(ports, ana, { ...HELLO, shortcut: 'HI', messages: ['1', '2'] });
    expect(changed).toMatchObject({ shortcut: 'HI', messages: ['1', '2'] });
    expect(changed.updatedAt > reply.updatedAt).toBe(true);
    expect(await listReplies(ports, ana)).toEqual([changed]);
    await addReply(ports, ana, another('hello'));
  });

  it('that is not there cannot be replaced, and is deleted already', async () => {
    const { ports } = aShop();
    await expect(putReply(ports, ana, HELLO)).rejects.toMatchObject({ code: 'not_found' });
    await deleteReply(ports, ana, HELLO);
    await addReply(ports, ana, HELLO);
    await deleteReply(ports, ana, HELLO);
    await deleteReply(ports, ana, HELLO);
    expect(await listReplies(ports, ana)).toEqual([]);
  });

  it('is of one shop: to another it does not exist', async () => {
    const { ports } = aShop();
    await addReply(ports, ana, HELLO);
    const other = aVendor({ vendorId: 'other' });
    expect(await listReplies(ports, other)).toEqual([]);
    await expect(putReply(ports, other, HELLO)).rejects.toMatchObject({ code: 'not_found' });
    await deleteReply(ports, other, HELLO);
    expect(await listReplies(ports, ana)).toHaveLength(1);
  });

  it('is for the staff only', async () => {
    const { ports, tables } = aShop();
    for (const caller of [aCustomer(), anAdmin()]) {
      for (const verb of [
        () => listReplies(ports, caller),
        () => addReply(ports, caller, HELLO),
        () => putReply(ports, caller, HELLO),
        () => deleteReply(ports, caller, HELLO),
      ]) {
        await expect(verb()).rejects.toMatchObject({ code: 'forbidden' });
      }
    }
    expect(tables.savedReplies.size).toBe(0);
  });
});

describe('a shop’s saved replies', () => {
  it('are listed by shortcut', async () => {
    const { ports } = aShop();
    for (const shortcut of ['b', 'გ', 'A', 'c1', 'c'])
      await addReply(ports, ana, another(shortcut));
    const shortcuts = (await listReplies(ports, ana)).map(({ shortcut }) => shortcut);
    expect(shortcuts).toEqual(['A', 'b', 'c', 'c1', 'გ']);
  });

  it('are at most 200', async () => {
    const { ports } = aShop();
    for (let n = 0; n < MAX_SAVED_REPLIES; n += 1) await addReply(ports, ana, another(`r${n}`));
    const refused = addReply(ports, ana, another('one-more'));
    await expect(refused).rejects.toMatchObject({ code: 'too_large' });
    const [first] = await listReplies(ports, ana);
    if (first === undefined) throw new Error('none is there');
    // A retry and a change are no more than before.
    expect((await addReply(ports, ana, first)).isNew).toBe(false);
    await putReply(ports, ana, { ...first, messages: ['changed'] });
    await deleteReply(ports, ana, first);
    await addReply(ports, ana, another('one-more'));
  });

  it('have at most 80,000 characters together', async () => {
    const { ports } = aShop();
    const text = 'ა'.repeat(2_000);
    for (let n = 0; n < MAX_SAVED_CHARACTERS / 10_000; n += 1) {
      await addReply(ports, ana, another(`r${n}`, [text, text, text, text, text]));
    }
    const refused = addReply(ports, ana, another('x', ['1']));
    await expect(refused).rejects.toMatchObject({ code: 'too_large' });
  });

  it('lose none where ten colleagues add theirs at once, and take a shortcut once', async () => {
    const { ports } = aShop({ request: async (work) => Promise.resolve().then(work) });
    const added = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => addReply(ports, ana, another(n < 8 ? `r${n}` : 'same'))),
    );
    expect(added.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'conflict' } },
    ]);
    expect(await listReplies(ports, ana)).toHaveLength(9);
  });

  it('are one where a retry runs beside its original', async () => {
    const { ports } = aShop({ request: async (work) => Promise.resolve().then(work) });
    const both = await Promise.all([addReply(ports, ana, HELLO), addReply(ports, ana, HELLO)]);
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await listReplies(ports, ana)).toHaveLength(1);
  });

  it('are as asked after a retry whose first answer was lost', async () => {
    let isLost = false;
    const { ports } = aShop({
      request: async (work) => {
        const result = work();
        if (result === true && isLost) throw new Error('the answer was lost');
        return result;
      },
    });
    const retried = async <T>(verb: () => Promise<T>) => {
      isLost = true;
      await expect(verb()).rejects.toThrow('lost');
      isLost = false;
      return verb();
    };
    expect((await retried(() => addReply(ports, ana, HELLO))).isNew).toBe(false);
    const changed = { ...HELLO, messages: ['Hey'] };
    expect(await retried(() => putReply(ports, ana, changed))).toMatchObject(changed);
    await retried(() => deleteReply(ports, ana, HELLO));
    expect(await listReplies(ports, ana)).toEqual([]);
  });

  it('answer unavailable where others keep being faster', async () => {
    const { ports, tables } = aShop();
    const profiles = {
      ...ports.profiles,
      putReplies: async () => Promise.resolve(false),
    };
    const added = addReply({ ...ports, profiles }, ana, HELLO);
    await expect(added).rejects.toMatchObject({ code: 'unavailable' });
    expect(tables.savedReplies.get(VENDOR)).toBeUndefined();
  });
});

/** Notes: the staff's own, once each, the newest first. */
import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { addNote, deleteNote, listNotes } from '#core/staff/notes.ts';
import { MAX_FRAME_BYTES, MAX_NOTES } from '#protocol/limits.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  anAdmin,
  aVendor,
  CUSTOMER,
  rulesWith,
  VENDOR,
} from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';

const { roomId } = aHead();
const desk = aVendor({ device: 'desk' });
const gio = aVendor({ user: 'gio', name: 'Gio', device: 'till' });
const aNote = (text = 'Asked for a refund twice') => ({ roomId, noteId: randomUUID(), text });

function aRoom() {
  const tables = new FakeTables();
  tables.putHead(aHead({ seq: 1 }));
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v', device: 'desk' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'w', device: 'till' }));
  const world = new World();
  return { tables, world, ports: portsOver(fakeStore(tables), world, rulesWith()) };
}

describe('addNote', () => {
  it('is told to the colleagues, not to the device that wrote, and to no customer', async () => {
    const { ports, world } = aRoom();
    const draft = aNote();
    const { note, isNew } = await addNote(ports, desk, draft);
    expect(isNew).toBe(true);
    expect(note).toEqual({
      ...draft,
      author: { user: 'ana', name: 'ანა' },
      at: new Date(world.nowMs).toISOString(),
    });
    expect(world.pushes).toEqual([{ connectionId: 'w', frame: { event: 'note', note } }]);
  });

  it('is the same note for a retry, which tells it again', async () => {
    const { ports, world } = aRoom();
    const draft = aNote();
    const first = await addNote(ports, desk, draft);
    world.nowMs += 5_000;
    const second = await addNote(ports, desk, draft);
    expect(second).toEqual({ note: first.note, isNew: false });
    expect(world.framesTo('w')).toHaveLength(2);
    expect((await listNotes(ports, desk, { roomId, limit: 9 })).items).toEqual([first.note]);
  });

  it('is stored by a retry where the first try died between its writes', async () => {
    const { ports, tables } = aRoom();
    const notes = { ...ports.notes, put: () => Promise.reject(new Error('dead')) };
    const draft = aNote();
    await expect(addNote({ ...ports, notes }, desk, draft)).rejects.toThrow('dead');
    expect(await addNote(ports, desk, draft)).toMatchObject({ isNew: true });
    expect(tables.notes.notes.size).toBe(1);
  });

  it('is one where two tries run at once', async () => {
    const { ports, tables } = aRoom();
    const draft = aNote();
    const both = await Promise.all([addNote(ports, desk, draft), addNote(ports, desk, draft)]);
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(tables.notes.notes.size).toBe(1);
  });

  it('refuses an id that names another note', async () => {
    const { ports } = aRoom();
    const draft = aNote();
    await addNote(ports, desk, draft);
    const other = addNote(ports, desk, { ...draft, text: 'something else' });
    await expect(other).rejects.toMatchObject({ code: 'conflict' });
    await expect(addNote(ports, gio, draft)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is refused where no frame can carry it: it would cost the colleagues their sockets', async () => {
    const { ports, world } = aRoom();
    const rules = rulesWith({ maxTextLength: 16_000 });
    const add = (length: number) => addNote({ ...ports, rules }, desk, aNote('ქ'.repeat(length)));
    await expect(add(11_000)).rejects.toThrow(expect.objectContaining({ code: 'too_large' }));
    expect(await ports.notes.count(roomId, 9)).toBe(0);
    await add(10_800);
    expect(Buffer.byteLength(JSON.stringify(world.framesTo('w')))).toBeLessThan(MAX_FRAME_BYTES);
  });

  it('holds as many characters as a message, and as many notes as the limit', async () => {
    const { ports } = aRoom();
    await addNote(ports, desk, aNote('x'.repeat(4_000)));
    const long = addNote(ports, desk, aNote('x'.repeat(4_001)));
    await expect(long).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ path: 'text' }] },
    });
    const last = aNote();
    for (let n = 2; n < MAX_NOTES; n += 1) await addNote(ports, desk, aNote());
    await addNote(ports, desk, last);
    // A retry takes no place of its own.
    expect(await addNote(ports, desk, last)).toMatchObject({ isNew: false });
    const full = addNote(ports, desk, aNote());
    await expect(full).rejects.toMatchObject({ code: 'too_large' });
  });
});

describe('listNotes', () => {
  it('shows the newest first, page by page', async () => {
    const { ports, world } = aRoom();
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      // Two of the same moment are told apart by their ids.
      world.nowMs += n % 2;
      ids.unshift((await addNote(ports, desk, aNote())).note.noteId);
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const more: { cursor?: string } = cursor === null ? {} : { cursor };
      const page = await listNotes(ports, gio, { roomId, limit: 3, ...more });
      seen.push(...page.items.map(({ noteId }) => noteId));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect(new Set(seen).size).toBe(7);
    expect(await listNotes(ports, gio, { roomId, limit: 7 })).toMatchObject({ next: null });
  });
});

describe('deleteNote', () => {
  it('removes an own note, tells the colleagues, and may be repeated', async () => {
    const { ports, world, tables } = aRoom();
    const { note } = await addNote(ports, desk, aNote());
    world.pushes.length = 0;
    const place = { roomId, noteId: note.noteId };
    await deleteNote(ports, desk, place);
    await deleteNote(ports, desk, place);
    const frame = { event: 'note.deleted', ...place };
    expect(world.framesTo('w')).toEqual([frame, frame]);
    expect(world.framesTo('c')).toEqual([]);
    expect(tables.notes.notes.size + tables.notes.times.size).toBe(0);
  });

  it('leaves the notes of colleagues', async () => {
    const { ports, tables } = aRoom();
    const { note } = await addNote(ports, desk, aNote());
    const call = deleteNote(ports, gio, { roomId, noteId: note.noteId });
    await expect(call).rejects.toMatchObject({ code: 'forbidden' });
    expect(tables.notes.notes.size).toBe(1);
  });
});

it('is for the staff of the room’s shop: every room answers a customer alike', async () => {
  const { ports } = aRoom();
  const { note } = await addNote(ports, desk, aNote());
  const callsAs = (caller: typeof desk, id: string) => [
    listNotes(ports, caller, { roomId: id, limit: 5 }),
    addNote(ports, caller, { ...aNote(), roomId: id }),
    deleteNote(ports, caller, { roomId: id, noteId: note.noteId }),
  ];
  for (const id of [roomId, 'd-none']) {
    for (const caller of [aCustomer(), aCustomer({ user: 'x' }), anAdmin()]) {
      for (const call of callsAs(caller, id)) {
        await expect(call).rejects.toMatchObject({ code: 'forbidden' });
      }
    }
    for (const call of callsAs(aVendor({ vendorId: '8' }), id)) {
      await expect(call).rejects.toMatchObject({ code: 'not_found' });
    }
  }
});

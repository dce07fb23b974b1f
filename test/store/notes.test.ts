/** Notes in a real engine: in the order of time, found by their ids, apart from everything else of a room. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { noteStore } from '#store/notes.ts';
import { roomStore } from '#store/rooms.ts';
import { type Database, openDatabase } from '#store/table.ts';

import { START_MS, VENDOR } from '../support/builders.ts';
import { type Engine, startEngine } from '../support/dynamodb.ts';

let engine: Engine;
let db: Database;
beforeAll(async () => {
  engine = await startEngine();
  db = openDatabase(engine);
});
afterAll(async () => {
  db.close();
  await engine.stop();
});

const aNote = (roomId: string, minute: number) => ({
  roomId,
  noteId: randomUUID(),
  text: 'Asked for a refund twice',
  author: { user: 'ana', name: 'ანა' },
  at: new Date(START_MS + minute * 60_000).toISOString(),
});

describe('the notes of a room', () => {
  it('are claimed once, stored once, and gone with their ids', async () => {
    const notes = noteStore(db);
    const note = aNote('once', 0);
    expect(await notes.timeOf('once', note.noteId)).toBeNull();
    expect(await notes.claim('once', note)).toBe(true);
    expect(await notes.claim('once', { ...note, at: aNote('once', 1).at })).toBe(false);
    expect(await notes.timeOf('once', note.noteId)).toBe(note.at);
    expect(await notes.put(note)).toBe(true);
    expect(await notes.put({ ...note, text: 'else' })).toBe(false);
    expect(await notes.get('once', note)).toEqual(note);
    expect(await notes.count('once', 9)).toBe(1);
    await notes.remove('once', note);
    await notes.remove('once', note);
    expect(await notes.get('once', note)).toBeNull();
    expect(await notes.timeOf('once', note.noteId)).toBeNull();
    expect(await notes.count('once', 9)).toBe(0);
  });

  it('come newest first, behind a place, without their ids and what else a room holds', async () => {
    const notes = noteStore(db);
    await roomStore(db).changeAbout('many', { names: { vendor: 'Ceramics' } });
    await roomStore(db).changeMine('many', VENDOR, { muted: true });
    const all = [0, 1, 2, 3].map((minute) => aNote('many', minute));
    for (const note of all) {
      await notes.claim('many', note);
      await notes.put(note);
    }
    await notes.put(aNote('other', 9));
    const newest = all.toReversed();
    expect(await notes.list('many', { limit: 9 })).toEqual(newest);
    const first = await notes.list('many', { limit: 2 });
    const before = first.at(-1) ?? aNote('many', 0);
    expect(await notes.list('many', { before, limit: 2 })).toEqual(newest.slice(2));
    expect(await notes.count('many', 3)).toBe(3);
  });
});

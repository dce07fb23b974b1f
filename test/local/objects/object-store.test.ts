import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openObjectStore } from '../../../lib/local/objects/object-store.ts';
import { manualClock } from '../../support/manual-clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'parley-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => openObjectStore(folder, manualClock());
const body = (text: string) => ({
  source: Readable.from([Buffer.from(text)]),
  headers: { 'content-type': 'text/plain' },
});
const place = (key: string) => ({ bucket: 'files', key });

describe('the object store', () => {
  it('finds everything again after a restart', async () => {
    const first = open();
    const stored = await first.put(place('a/../b'), body('hello'));
    await first.put(place('gone'), body('x'));
    first.delete(place('gone'));
    const second = open();
    expect(second.list('files')).toEqual([stored]);
    const read = second.read(stored, { start: 0, end: 4 });
    expect(Buffer.concat(await read.toArray()).toString()).toBe('hello');
  });

  it('throws away what a process that died was writing', async () => {
    await open().put(place('a'), body('hello'));
    writeFileSync(path.join(folder, 'half.body'), 'hel');
    writeFileSync(path.join(folder, 'half.new'), '{"buck');
    expect(open().list('files')).toHaveLength(1);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('keeps the buckets apart', async () => {
    const store = open();
    await store.put(place('a'), body('hello'));
    expect(store.get({ bucket: 'other', key: 'a' })).toBeUndefined();
    expect(store.list('other')).toEqual([]);
  });

  it('stores nothing of a body that is refused, and keeps what was there', async () => {
    const store = open();
    const kept = await store.put(place('a'), body('kept'));
    const refused = store.put(place('a'), {
      ...body('refused'),
      check: ({ size }) => {
        throw new Error(`${size} bytes are too many`);
      },
    });
    await expect(refused).rejects.toThrow('7 bytes');
    expect(store.get(place('a'))).toEqual(kept);
    expect(readdirSync(folder).filter((it) => it.endsWith('.body'))).toEqual([kept.body]);
  });

  it('says whether there was something to delete', async () => {
    const store = open();
    await store.put(place('a'), body('x'));
    expect([store.delete(place('a')), store.delete(place('a'))]).toEqual([true, false]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

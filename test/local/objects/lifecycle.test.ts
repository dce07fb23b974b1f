import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startLifecycle } from '../../../lib/local/objects/lifecycle.ts';
import { openObjectStore, type ObjectStore } from '../../../lib/local/objects/object-store.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { BUCKET, MODEL } from '../fixtures/bucket.ts';

const HOUR_MS = 3_600_000;
let folder: string;
let clock: ManualClock;
let store: ObjectStore;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'parley-lifecycle-'));
  clock = manualClock(Date.UTC(2026, 10, 22, 16));
  store = openObjectStore(folder, clock);
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (key: string) =>
  store.put({ bucket: BUCKET, key }, { source: Readable.from([Buffer.from('x')]), headers: {} });
const keys = () => store.list(BUCKET).map(({ key }) => key);
const start = () => startLifecycle({ buckets: [MODEL], store, clock });

describe('the lifecycle', () => {
  it('keeps an object until the midnight after its days, by itself', async () => {
    const lifecycle = start();
    await put('pending/a');
    await put('rooms/a');
    // A day and 7 hours: 23:00 of the next day.
    clock.advance(31 * HOUR_MS);
    expect(keys()).toEqual(['pending/a', 'rooms/a']);
    clock.advance(HOUR_MS);
    expect(keys()).toEqual(['rooms/a']);
    lifecycle.stop();
    expect(clock.waiting()).toBe(0);
  });

  it('sweeps when it is asked to, and says how many went', async () => {
    const lifecycle = start();
    await put('pending/a');
    await put('pending/b');
    lifecycle.stop();
    clock.advance(48 * HOUR_MS);
    expect(lifecycle.sweep()).toBe(2);
    expect(lifecycle.sweep()).toBe(0);
  });

  it('begins with what expired while nobody ran', async () => {
    await put('pending/a');
    clock.advance(48 * HOUR_MS);
    start().stop();
    expect(keys()).toEqual([]);
  });
});

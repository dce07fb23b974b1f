import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { twoQueues } from '../fixtures/queues.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'parley-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => path.join(folder, 'queues.jsonl');
const bodies = (messages: readonly { body: string }[]) => messages.map(({ body }) => body);

describe('the journal', () => {
  it('finds what waits again after a restart, due when it was due', () => {
    const { work } = twoQueues({}, folder);
    work.send('later', 60_000);
    work.send('done');
    work.delete(work.receive(1)[0]?.receiptHandle ?? '');
    const { work: again, clock } = twoQueues({}, folder);
    expect(bodies(again.messages())).toEqual(['later']);
    expect(again.receive(1)).toEqual([]);
    clock.advance(60_000);
    expect(again.receive(1)).toMatchObject([{ body: 'later', receiveCount: 1 }]);
  });

  it('lets what was in work come again', () => {
    const { work } = twoQueues({}, folder);
    work.send('a');
    work.receive(1);
    const { work: again } = twoQueues({}, folder);
    expect(bodies(again.receive(1))).toEqual(['a']);
  });

  it('keeps the dead letters, and not where they came from', () => {
    const { work, clock } = twoQueues({}, folder);
    work.send('bad');
    for (let at = 0; at < 3; at += 1) {
      work.receive(1);
      clock.advance(30_000);
    }
    const { work: again, dead } = twoQueues({}, folder);
    expect(again.messages()).toEqual([]);
    expect(bodies(dead.messages())).toEqual(['bad']);
  });

  it('reads past a line that a crash cut off', () => {
    const { work } = twoQueues({}, folder);
    work.send('kept');
    appendFileSync(file(), '{"queue":"work","message":{"messa');
    const { work: again } = twoQueues({}, folder);
    again.send('next');
    expect(bodies(twoQueues({}, folder).work.messages())).toEqual(['kept', 'next']);
  });

  it('shortens itself to what still waits', () => {
    const { work } = twoQueues({}, folder);
    for (let at = 0; at < 10; at += 1) work.send(String(at));
    for (const { receiptHandle } of work.receive(9)) work.delete(receiptHandle);
    twoQueues({}, folder);
    expect(readFileSync(file(), 'utf8').trim().split('\n')).toHaveLength(1);
  });
});

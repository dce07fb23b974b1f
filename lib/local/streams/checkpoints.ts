/** How far each mapping has read each shard; kept in the data folder, so that a restart goes on where it stopped. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { jsonOf, textOf } from '../json.ts';

/** The sequence number of the last settled record of a shard, by mapping. */
export interface Checkpoints {
  get(mappingId: string, shardId: string): string | undefined;
  set(mappingId: string, shardId: string, sequenceNumber: string): void;
}

/** Opens the checkpoints of a data folder, which must exist; without one they last as long as the process. */
export function openCheckpoints(dataFolder: string | undefined): Checkpoints {
  const file = dataFolder && path.join(dataFolder, 'stream-checkpoints.json');
  const marks = new Map(file ? read(file) : []);
  return {
    get: (mappingId, shardId) => marks.get(`${mappingId} ${shardId}`),
    set(mappingId, shardId, sequenceNumber) {
      marks.set(`${mappingId} ${shardId}`, sequenceNumber);
      if (file) write(file, marks);
    },
  };
}

function read(file: string): [string, string][] {
  if (!existsSync(file)) return [];
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(jsonOf(value)).map(([key, mark]) => [key, textOf(mark)]);
}

/** A crash in the middle leaves the old file: records may then come again, none is missed. */
function write(file: string, marks: ReadonlyMap<string, string>): void {
  writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(marks)));
  renameSync(`${file}.new`, file);
}

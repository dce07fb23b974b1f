/** Which rights of the functions' roles the whole test run has needed: gathered from every stack, judged at its end. */
import { randomUUID } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The variable that names the folder to gather in; nothing is gathered without it. */
export const RIGHT_USAGE_FOLDER = 'PARLEY_RIGHT_USAGE';

/** Writes down what one stack's functions may do, and what of it they did. */
export function noteRightUsage(usage: ReadonlyMap<string, boolean>): void {
  const folder = process.env[RIGHT_USAGE_FOLDER];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${randomUUID()}.json`), JSON.stringify([...usage]));
}

/** The rights that no stack has needed, in order. @throws Error where nothing was written down: silence is no success */
export function unusedRights(folder: string): readonly string[] {
  const files = globSync('*.json', { cwd: folder });
  if (files.length === 0) throw new Error(`No stack wrote its rights down in ${folder}.`);
  const all = new Map<string, boolean>();
  for (const file of files) {
    for (const [right, isUsed] of parseUsage(path.join(folder, file))) {
      all.set(right, isUsed || all.get(right) === true);
    }
  }
  return [...all].flatMap(([right, isUsed]) => (isUsed ? [] : right)).toSorted();
}

function parseUsage(file: string): readonly (readonly [string, boolean])[] {
  return JSON.parse(readFileSync(file, 'utf8')) as [string, boolean][];
}

/** Rights that only a bad day needs, each with the day. */
const RARE: readonly (readonly [pattern: RegExp, day: string])[] = [
  [/DeleteItem on \S+-Connections/u, 'a push finds a device that is gone or stays busy'],
  [/ManageConnections on \S+\/DELETE\//u, 'a device is closed: too many, worn out, without a row'],
  [
    /: s3:(?:ListBucket|DeleteObject) /u,
    'a retry finds its file copied already, or a refused send cleans up',
  ],
  [
    /(?:HttpMessages|SocketFrame)\S+: s3:GetObject on \S+\/rooms\//u,
    'the same retry looks at the copy',
  ],
  [/SocketFrame\S+: s3:/u, 'a file sent by a frame: our client sends files over HTTP'],
  [
    /SocketFrame\S+: dynamodb:UpdateItem on \S+-Connections/u,
    'a socket that is older than four minutes',
  ],
  [
    /SocketConnect\S+ dynamodb:(?:GetItem|UpdateItem) on \S+-Profiles/u,
    'a token that names its shop anew',
  ],
  [/HttpRooms\S+: dynamodb:Query on \S+-Messages/u, 'two close a room at the same instant'],
  [
    /StreamMessages\S+: dynamodb:PutItem on \S+-Messages/u,
    'a customer writes outside the opening hours',
  ],
  [/StreamReminders\S+: sqs:SendMessage/u, 'a reminder that is due later than a queue can wait'],
  [/: sqs:SendMessage on \S+Failures/u, 'a batch of a stream fails for good'],
];

/** The rights that no stack has needed and no bad day explains: take them out of `lib/infra/rights.ts`, or test what needs them. */
export function needlessRights(folder: string): readonly string[] {
  return unusedRights(folder).filter((right) => !RARE.some(([pattern]) => pattern.test(right)));
}

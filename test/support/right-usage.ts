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

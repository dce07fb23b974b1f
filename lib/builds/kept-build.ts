/** Folders that are made from sources: once per state of them, and kept while somebody uses them or may soon. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** What is made, of what, and where it is kept. */
export interface KeptBuild {
  /** Nothing else is in it. */
  readonly cache: string;
  /** Names the state of the sources as it is now: part of a file's name. */
  readonly fingerprint: () => string;
  /** Makes it in a folder that is there and empty. */
  readonly make: (folder: string) => Promise<void>;
  /** How many of the latest are kept, besides those in use. */
  readonly kept: number;
}

/** Sources that change while they are built are built again, so often. */
const MAX_ROUNDS = 3;
/** A draft that is older was left by a process that died. */
const STALE_MS = 10 * 60_000;
const DRAFT = 'draft-';
/** Holds an empty file for each folder and process that uses it. */
const USERS = 'users';

/**
 * Makes it, or finds it made from these very sources. It stays as long as this process lives.
 * @returns the folder, to be read only
 * @throws what `make` throws; nothing is left of it then
 */
export async function keptBuild(build: KeptBuild): Promise<string> {
  const { cache, fingerprint } = build;
  mkdirSync(path.join(cache, USERS), { recursive: true });
  for (let round = 1; ; round += 1) {
    const folder = path.join(cache, fingerprint());
    // Said before it is looked for: nobody removes it in between.
    use(folder);
    if (existsSync(folder)) return touch(folder);
    const draft = await makeDraft(build);
    // A source was saved meanwhile: kept as that of the old ones, this would come back with them.
    if (path.basename(folder) === fingerprint()) {
      moveTo(folder, draft);
      removeOld(build);
      return folder;
    }
    if (round === MAX_ROUNDS) {
      use(draft);
      return draft;
    }
    rmSync(draft, { recursive: true });
  }
}

async function makeDraft({ cache, make }: KeptBuild): Promise<string> {
  const draft = mkdtempSync(path.join(cache, DRAFT));
  try {
    await make(draft);
    return draft;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Somebody else may have made the same at the same time. */
function moveTo(folder: string, draft: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
}

function touch(folder: string): string {
  const now = new Date();
  utimesSync(folder, now, now);
  return folder;
}

function use(folder: string): void {
  writeFileSync(
    path.join(path.dirname(folder), USERS, `${path.basename(folder)}.${process.pid}`),
    '',
  );
}

function removeOld({ cache, kept }: KeptBuild): void {
  const used = namesInUse(path.join(cache, USERS));
  const byAge = readdirSync(cache)
    .filter((name) => name !== USERS)
    .map((name) => ({ name, at: ageOf(path.join(cache, name)) }))
    .toSorted((a, b) => b.at - a.at);
  for (const { name, at } of byAge.slice(kept)) {
    const isUnderWay = name.startsWith(DRAFT) && Date.now() - at < STALE_MS;
    if (isUnderWay || used.has(name)) continue;
    rmSync(path.join(cache, name), { recursive: true, force: true });
  }
}

function ageOf(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The folders of processes that live; what the others left is removed. */
function namesInUse(users: string): Set<string> {
  const used = new Set<string>();
  for (const entry of readdirSync(users)) {
    const [name = '', pid] = entry.split('.');
    if (isAlive(Number(pid))) used.add(name);
    else rmSync(path.join(users, entry), { force: true });
  }
  return used;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's lives too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

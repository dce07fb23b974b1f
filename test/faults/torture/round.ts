/** One round: people act in their rooms while faults come, then the sky clears, and the history is judged. */
import { setTimeout as sleep } from 'node:timers/promises';

import { checkHistory } from '../checker/checker.ts';
import type { Finding } from '../checker/finding.ts';
import { sequenceOf } from '../faults/dice.ts';
import { readFinals, shownAtEnd } from '../history/finals.ts';
import { History } from '../history/history.ts';
import { actDevice, actWriter } from './actors.ts';
import { closeStage, openStage, type Stage, until } from './scene.ts';
import { openSuspect, type Suspect } from './suspect.ts';
import type { Stand } from './stand.ts';
import type { Day } from './weathers.ts';

export interface RoundOptions {
  readonly stand: Stand;
  readonly seed: number;
  readonly day: Day;
  /** How many things are done, by all actors together; each is an operation or several. */
  readonly deeds: number;
}

export interface RoundResult {
  readonly findings: readonly Finding[];
  /** Calls and frames that the clients made, retries and all: what the history holds. */
  readonly operations: number;
  /** Sends that were acknowledged, a retry's answer counting once more. */
  readonly acknowledged: number;
  /** Messages in the logs. */
  readonly stored: number;
}

/** How long what is under way may take once the sky is clear, and what was left to be mended. */
const DRAIN_MS = 120_000;
const SETTLE_MS = 45_000;
/** Sockets are closed before a suspension is answered: only what was on the wire by then may still arrive. */
const SUSPENDED_WITHIN_MS = 2_000;

/** Runs a round. */
export async function runRound(options: RoundOptions): Promise<RoundResult> {
  const { stand, seed, day } = options;
  const history = new History();
  const stages: Stage[] = [];
  const suspects: Suspect[] = [];
  try {
    for (let room = 0; room < day.rooms; room += 1) {
      const place = { stack: stand.stack, history, seed, name: `${seed}-${room}`, crew: day.crew };
      const stage = await openStage(place);
      stages.push(stage);
      if (room === 0) suspects.push(await openSuspect(place, stage.roomId));
    }
    stand.sky.change(day.weather, seed);
    await Promise.all([act(options, stages), ...suspects.map((suspect) => suspect.suspend())]);
    stand.sky.clear();
    await drain(stages);
    await sayLastWords(stages, seed);
    const findings = await judge(history, stages);
    const sends = history.entries.filter(({ kind }) => kind === 'send');
    return {
      findings,
      operations: history.operations,
      acknowledged: sends.filter((entry) => 'outcome' in entry && entry.outcome === 'ok').length,
      stored: history.memberFinals.reduce((sum, { messages }) => sum + messages.length, 0) / 2,
    };
  } finally {
    stand.sky.clear();
    stages.forEach(closeStage);
    for (const suspect of suspects) suspect.close();
  }
}

/** Everybody does a share of the operations, one after the other; all of them at once. */
async function act({ stand, seed, day, deeds }: RoundOptions, stages: Stage[]): Promise<void> {
  const actors = stages.flatMap(({ devices, writers }) => [
    ...devices.map((device) => {
      const sequence = sequenceOf(seed, `${device.name} acts`);
      return () => actDevice(device, sequence);
    }),
    ...writers.map((writer) => {
      const sequence = sequenceOf(seed, `${writer.name} acts`);
      return () => actWriter(writer, sequence);
    }),
  ]);
  const each = Math.ceil(deeds / actors.length);
  const blackout = new AbortController();
  const blackedOut = blackOut({ stand, seed, day }, blackout.signal);
  await Promise.all(
    actors.map(async (doNext) => {
      for (let done = 0; done < each; done += 1) await doNext();
    }),
  );
  blackout.abort();
  await blackedOut;
}

/** After a moment of its weather, a day may have a while in which the database refuses all there is. */
async function blackOut(
  { stand, seed, day }: Pick<RoundOptions, 'stand' | 'seed' | 'day'>,
  signal: AbortSignal,
): Promise<void> {
  if (day.blackoutMs === undefined) return;
  try {
    await sleep(2_000, undefined, { signal });
    stand.sky.change({ ...day.weather, throttled: 1 }, seed);
    await sleep(day.blackoutMs, undefined, { signal });
    stand.sky.change(day.weather, seed + 1);
  } catch {
    // Everybody was done before.
  }
}

async function drain(stages: readonly Stage[]): Promise<void> {
  const devices = stages.flatMap((stage) => stage.devices);
  for (const { name, chat, setNetwork } of devices) {
    setNetwork(true);
    const isDone = () => {
      const { connection, unsent } = chat.getState();
      return connection === 'online' && unsent === 0;
    };
    await until(isDone, DRAIN_MS, `${name} is online with nothing unsent`);
  }
}

/** A device learns of a push that it missed by the next one, or when it comes back. */
async function sayLastWords(stages: readonly Stage[], seed: number): Promise<void> {
  const sequence = sequenceOf(seed, 'last words');
  await Promise.all(
    stages.map(async ({ writers, devices, roomId }) => {
      if (sequence.chance(0.5)) {
        for (const device of devices) {
          device.setNetwork(false);
          device.setNetwork(true);
        }
      }
      for (const [index, writer] of writers.entries()) {
        await writer.send(`The last words of ${roomId}: ${index}`);
        await writer.react('👍', true);
      }
      for (const writer of writers) await writer.read();
    }),
  );
}

/** What is mended is mended soon: judged again until nothing is found or the time is over. */
async function judge(history: History, stages: readonly Stage[]): Promise<readonly Finding[]> {
  const endMs = Date.now() + SETTLE_MS;
  for (;;) {
    await sleep(1_000);
    await drain(stages);
    history.memberFinals.length = 0;
    history.deviceFinals.length = 0;
    history.unreadFinals.length = 0;
    for (const { readers, devices, roomId } of stages) {
      for (const reader of readers) await readFinals(history, reader);
      for (const { name, chat } of devices) {
        history.deviceFinals.push(shownAtEnd(name, chat, roomId));
      }
    }
    const findings = checkHistory(history, { suspendedWithinMs: SUSPENDED_WITHIN_MS });
    if (findings.length === 0 || Date.now() > endMs) return findings;
  }
}

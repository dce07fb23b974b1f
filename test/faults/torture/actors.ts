/** What a device or a writer does next, by its own sequence: the same seed makes it do the same. */
import { setTimeout as sleep } from 'node:timers/promises';

import { ChatError } from '#protocol/errors.ts';

import type { Sequence } from '../faults/dice.ts';
import type { RawWriter } from './raw-writer.ts';
import type { Device } from './scene.ts';

/** How many messages of a device may be on their way. */
const MAX_UNSENT = 4;
const EMOJI = ['👍', '❤️', '🙏'] as const;

/** What happens, and how often in a hundred times. */
type Deeds<T> = readonly (readonly [
  share: number,
  deed: (actor: T, sequence: Sequence) => unknown,
])[];

const DEVICE_DEEDS: Deeds<Device> = [
  [46, say],
  [18, (device) => device.room.markRead()],
  [8, (device) => device.room.loadLatest()],
  [3, (device) => device.room.loadOlder()],
  [6, edit],
  [8, react],
  [2, remove],
  [3, (device) => device.room.loadPeople()],
  [3, (device) => device.cut()],
  [3, goAway],
];

const WRITER_DEEDS: Deeds<RawWriter> = [
  [50, (writer, sequence) => writer.send(textOf(writer.name, sequence))],
  [8, (writer) => writer.sendAgain()],
  [14, (writer) => writer.read()],
  [5, (writer) => writer.readBack()],
  [7, (writer, sequence) => writer.edit(textOf(writer.name, sequence))],
  [7, (writer, { pick, chance }) => writer.react(pick(EMOJI), chance(0.7))],
  [2, (writer) => writer.remove()],
  [4, (writer) => writer.lookAtPeople()],
  [3, (writer) => writer.cut()],
];

/** One operation of a device; what it is refused stands in the history. */
export function actDevice(device: Device, sequence: Sequence): Promise<void> {
  return act(DEVICE_DEEDS, device, sequence);
}

export function actWriter(writer: RawWriter, sequence: Sequence): Promise<void> {
  return act(WRITER_DEEDS, writer, sequence);
}

async function act<T>(deeds: Deeds<T>, actor: T, sequence: Sequence): Promise<void> {
  let place = sequence.next() * 100;
  const [, deed] = deeds.find(([share]) => (place -= share) < 0) ?? deeds[0] ?? [];
  try {
    await deed?.(actor, sequence);
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
  }
}

async function say(device: Device, sequence: Sequence): Promise<void> {
  const { chat, room, name } = device;
  room.send({ text: textOf(name, sequence) });
  if (sequence.chance(0.2)) room.setTyping(true);
  const few = sequence.chance(0.5) ? 0 : MAX_UNSENT;
  // It goes on when the network does; nobody waits for ever.
  for (let waited = 0; chat.getState().unsent > few && waited < 60_000; waited += 20)
    await sleep(20);
}

/** Some message of its own that it shows and that is stored. */
function ownOf({ room }: Device, sequence: Sequence): number | undefined {
  const own = room.getState().messages.filter((one) => one.isMine && one.deletedAt === null);
  const stored = own.flatMap(({ seq }) => seq ?? []).slice(-10);
  return stored.length === 0 ? undefined : sequence.pick(stored);
}

async function edit(device: Device, sequence: Sequence): Promise<void> {
  const seq = ownOf(device, sequence);
  if (seq !== undefined) await device.room.edit(seq, textOf(device.name, sequence));
}

async function remove(device: Device, sequence: Sequence): Promise<void> {
  const seq = ownOf(device, sequence);
  if (seq !== undefined) await device.room.remove(seq);
}

async function react({ room }: Device, sequence: Sequence): Promise<void> {
  const stored = room.getState().messages.flatMap(({ seq }) => seq ?? []);
  if (stored.length > 0) {
    await room.react(sequence.pick(stored.slice(-20)), sequence.pick(EMOJI), sequence.chance(0.7));
  }
}

/** Offline for a moment, with something written meanwhile. */
async function goAway(device: Device, sequence: Sequence): Promise<void> {
  device.setNetwork(false);
  device.room.send({ text: textOf(device.name, sequence) });
  await sleep(sequence.next() * 500);
  device.setNetwork(true);
}

function textOf(name: string, sequence: Sequence): string {
  return `${name} ${'გამარჯობა '.repeat(1 + sequence.below(4))}${sequence.below(1_000_000)}`;
}

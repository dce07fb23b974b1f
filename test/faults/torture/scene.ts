/** The people of one round: rooms with their devices on the real client, and raw writers, all written down. */
import { createChatClient } from '#client/chat-client.ts';
import type { ChatClient } from '#client/chat.ts';
import type { RoomHandle } from '#client/conversation.ts';
import { DEFAULT_PORTS, type DeviceSignal, type SocketPort } from '#client/ports.ts';
import type { Member } from '#protocol/ids.ts';

import type { LocalStack, TokenClaims } from '../../support/local-stack.ts';
import { sequenceOf, uuidOf } from '../faults/dice.ts';
import { recordShown, type Reader } from '../history/finals.ts';
import type { History } from '../history/history.ts';
import { recordingPorts } from '../history/recording.ts';
import { RawWriter } from './raw-writer.ts';

/** How many of whom a room has, on each side. */
export interface Crew {
  readonly devices: number;
  readonly writers: number;
}

/** A device that runs the real client. */
export interface Device {
  readonly name: string;
  readonly chat: ChatClient;
  readonly room: RoomHandle;
  /** Cuts the sockets under the client. */
  readonly cut: () => void;
  /** Pulls the plug, or puts it back. */
  readonly setNetwork: (isUp: boolean) => void;
  readonly close: () => void;
}

/** A room and everybody in it. */
export interface Stage {
  readonly roomId: string;
  readonly devices: readonly Device[];
  readonly writers: readonly RawWriter[];
  /** One per member. */
  readonly readers: readonly Reader[];
}

const MAX_TRIES = 30;

interface Person {
  readonly name: string;
  readonly member: Member;
  readonly claims: TokenClaims;
}

/** What a stage is made of. */
export interface StageOptions {
  readonly stack: LocalStack;
  readonly history: History;
  readonly seed: number;
  readonly name: string;
  readonly crew: Crew;
}

/** Opens a room, with everybody online and the room on every screen. The sky is to be clear. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { stack, history, name, crew } = options;
  const [customer, staff] = peopleOf(options);
  const api = `${stack.url}/v1`;
  const readers = await Promise.all(
    [customer, staff].map(async ({ member, claims }) => {
      return { member, api, token: await stack.token({ ...claims, expiresIn: 4 * 3600 }) };
    }),
  );
  const [opener] = readers;
  if (opener === undefined) throw new Error('A room needs a customer.');
  const roomId = await openRoom(opener, `vendor-${name}`);
  history.addRoom(roomId, [customer.member, staff.member]);
  const people = [customer, staff];
  const devices = people.flatMap((person) =>
    Array.from({ length: crew.devices }, (_, index) =>
      openDevice(options, roomId, { person, index }),
    ),
  );
  const writers = people.flatMap((person, side) =>
    Array.from({ length: crew.writers }, (_, index) => {
      const writer = `${person.name}/writer-${index}`;
      return new RawWriter({
        history,
        facts: { name: writer, user: person.claims.sub, member: person.member },
        sequence: sequenceOf(options.seed, writer),
        url: stack.url,
        socketUrl: stack.socketUrl,
        token: readers[side]?.token ?? '',
        roomId,
        over: index % 2 === 0 ? 'http' : 'socket',
      });
    }),
  );
  const stage = { roomId, devices, writers, readers };
  try {
    await Promise.all([...devices.map(show), ...writers.map((writer) => writer.connect())]);
  } catch (error) {
    closeStage(stage);
    throw error;
  }
  return stage;
}

/** Ends every client of a stage. */
export function closeStage({ devices, writers }: Stage): void {
  for (const device of devices) device.close();
  for (const writer of writers) writer.close();
}

function peopleOf({ name }: StageOptions): [Person, Person] {
  const vendorId = `vendor-${name}`;
  const customer = { sub: `customer-${name}`, role: 'customer', name: 'ნინო' } as const;
  const staff = { sub: `staff-${name}`, role: 'vendor', vendor_id: vendorId, name: 'Ana' } as const;
  return [
    { name: `${name}/customer`, member: `customer:${customer.sub}`, claims: customer },
    { name: `${name}/vendor`, member: `vendor:${vendorId}`, claims: staff },
  ];
}

function openRoom({ api, token }: Reader, vendorId: string): Promise<string> {
  return insist(async () => {
    const response = await fetch(`${api}/rooms`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ vendorId }),
    });
    if (!response.ok) throw new Error(`POST /rooms: ${response.status} ${await response.text()}`);
    const { roomId } = (await response.json()) as { roomId: string };
    return roomId;
  });
}

/** A device of somebody, on the real client; it does nothing yet. */
export function openDevice(
  { stack, history, seed }: StageOptions,
  roomId: string,
  { person, index }: { person: Person; index: number },
): Device {
  const name = `${person.name}/device-${index}`;
  const sequence = sequenceOf(seed, name);
  const facts = { name, user: person.claims.sub, member: person.member };
  const wire = new Wire();
  const chat = createChatClient({
    api: `${stack.url}/v1`,
    socket: stack.socketUrl,
    device: name.replaceAll(/[^\w-]/gu, '-').slice(-60),
    token: () => stack.token({ ...person.claims, expiresIn: 4 * 3600 }),
    sendOver: index % 2 === 0 ? 'http' : 'socket',
    ports: {
      ...recordingPorts(history, facts, wire),
      watchDevice: wire.watch,
      newId: () => uuidOf(sequence),
      random: sequence.next,
    },
  });
  const room = chat.room(roomId);
  const stop = recordShown(history, { name, chat }, roomId);
  const close = () => {
    stop();
    chat.close();
  };
  return { name, chat, room, cut: wire.cut, setNetwork: wire.setNetwork, close };
}

/** A network that can be taken away, before everything is written down. */
class Wire {
  readonly #sockets = new Set<SocketPort>();
  readonly #listeners = new Set<(signal: DeviceSignal) => void>();
  #isUp = true;

  readonly fetch: typeof DEFAULT_PORTS.fetch = async (url, init) => {
    if (!this.#isUp) throw new TypeError('The plug is pulled.');
    return DEFAULT_PORTS.fetch(url, init);
  };

  readonly openSocket: typeof DEFAULT_PORTS.openSocket = (url, protocols, listener) => {
    const address = this.#isUp ? url : 'ws://127.0.0.1:9';
    const socket: SocketPort = DEFAULT_PORTS.openSocket(address, protocols, {
      ...listener,
      onClose: (code) => {
        this.#sockets.delete(socket);
        listener.onClose(code);
      },
    });
    this.#sockets.add(socket);
    return socket;
  };

  readonly watch: typeof DEFAULT_PORTS.watchDevice = (listener) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly cut = (): void => {
    for (const socket of this.#sockets) socket.close();
  };

  readonly setNetwork = (isUp: boolean): void => {
    this.#isUp = isUp;
    if (!isUp) this.cut();
    for (const listener of this.#listeners) listener(isUp ? 'online' : 'offline');
  };
}

/** Brings the room to its screen, and waits until it is online. */
export async function show({ name, chat, room }: Device): Promise<void> {
  chat.connect();
  room.watch();
  await insist(() => room.loadLatest());
  await until(() => chat.getState().connection === 'online', 120_000, `${name} is online`);
}

/** Under a clear sky only a busy machine refuses: it is asked a few times. */
async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === MAX_TRIES) throw error;
      await new Promise((resolve) => void setTimeout(resolve, 2_000));
    }
  }
}

/** Waits until something is so. @throws Error that says what was waited for */
export async function until(check: () => boolean, withinMs: number, what: string): Promise<void> {
  const endMs = Date.now() + withinMs;
  while (!check()) {
    if (Date.now() > endMs) throw new Error(`Not within ${withinMs / 1000} s: ${what}.`);
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
}

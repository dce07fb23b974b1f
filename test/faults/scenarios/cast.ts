/** The people of a scenario: devices on the real client before a stack that may go and come back, all written down for the checker. */
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, vi } from 'vitest';

import { createChatClient } from '#client/chat-client.ts';
import type { ChatClient } from '#client/chat.ts';
import {
  DEFAULT_PORTS,
  type DeviceSignal,
  memoryStorage,
  type OutboxStorage,
  type Ports,
  type SocketPort,
  type FetchPort,
} from '#client/ports.ts';
import type { Member } from '#protocol/ids.ts';
import { DEFAULT_PAGE_SIZE } from '#protocol/limits.ts';

import type { Clock } from '../../../lib/local/model.ts';
import type { LocalStack, TokenClaims } from '../../support/local-stack.ts';
import { checkHistory } from '../checker/checker.ts';
import { describeFinding } from '../checker/finding.ts';
import { sequenceOf, uuidOf } from '../faults/dice.ts';
import { readFinals, shownAtEnd } from '../history/finals.ts';
import { History } from '../history/history.ts';
import { recordingPorts } from '../history/recording.ts';

/** The same for every scenario, so that one synthesis serves all: limits far away, and all messages on the bus. */
export const SETTINGS = {
  limits: {
    messagesPer10Seconds: 100_000,
    framesPer10Seconds: 100_000,
    roomsPerHour: 100_000,
  },
  env: { PARLEY_EVENTS: '["room.created", "message.created"]' },
};

/** Longer than a client waits for its next try, on a busy machine too. */
const WHOLE_WITHIN_MS = 60_000;
/** What is told late is told by then: the last read marks, and what the stream mends. */
const SETTLED_WITHIN_MS = 10_000;

export interface Person {
  readonly name: string;
  readonly member: Member;
  readonly claims: TokenClaims;
}

/** What a device has of its own. */
export interface DeviceOptions {
  readonly storage?: OutboxStorage;
  readonly sendOver?: 'http' | 'socket';
  /** Seconds that a token of it lives. */
  readonly tokenSeconds?: number;
  /** Stands around every issue of a token. */
  readonly aroundToken?: (issue: () => Promise<string>) => Promise<string>;
  /** Instead of the machine's. */
  readonly ports?: Partial<Ports>;
}

/** A device: its client, its network, and what its outbox keeps. */
export interface Device {
  readonly name: string;
  readonly chat: ChatClient;
  readonly storage: OutboxStorage;
  readonly setNetwork: (isUp: boolean) => void;
  /** Ends it as a crash does: nothing is said, nothing is sent any more. */
  readonly crash: () => void;
}

/** Everybody of one scenario. */
export class Cast {
  readonly history: History;
  readonly #stack: () => LocalStack;
  readonly #seed: number;
  readonly #clock: Clock;
  readonly #people: Person[] = [];
  readonly #devices = new Set<Device>();

  /** @param stack the one that runs now @param clock that of everybody and of the stack */
  constructor(stack: () => LocalStack, seed: number, clock: Clock = DEFAULT_PORTS) {
    this.#stack = stack;
    this.#seed = seed;
    this.#clock = clock;
    this.history = new History(() => clock.now());
  }

  /** Somebody new of either side. */
  person(side: 'customer' | 'vendor'): Person {
    const sub = uuidOf(sequenceOf(this.#seed, `${side} ${this.#people.length} ${Date.now()}`));
    const name = `${side}-${this.#people.length}`;
    const person: Person =
      side === 'customer'
        ? { name, member: `customer:${sub}`, claims: { sub, role: 'customer', name: 'ნინო' } }
        : {
            name,
            member: `vendor:${sub}`,
            claims: { sub: `ana-${sub}`, role: 'vendor', vendor_id: sub, name: 'Ana' },
          };
    this.#people.push(person);
    return person;
  }

  /** A device of that person; a later one with the same storage is the same device after its crash. */
  device(person: Person, options: DeviceOptions = {}): Device {
    const { storage = memoryStorage(), sendOver = 'http', ports = {} } = options;
    const name = `${person.name}/${this.history.clients.size}`;
    const chance = sequenceOf(this.#seed, name);
    const network = new Network();
    const { url, socketUrl } = this.#stack();
    const wire = recordingPorts(
      this.history,
      { name, user: person.claims.sub, member: person.member },
      {
        fetch: this.#dated(ports.fetch ?? network.fetch),
        openSocket: ports.openSocket ?? network.openSocket,
      },
    );
    const chat = createChatClient({
      api: `${url}/v1`,
      socket: socketUrl,
      device: name.replaceAll('/', '-'),
      token: () => this.#token(person, options),
      sendOver,
      ports: {
        random: chance.next,
        newId: () => uuidOf(chance),
        now: () => this.#clock.now(),
        after: (delayMs, run) => this.#clock.after(delayMs, run),
        ...ports,
        ...wire,
        storage: () => storage,
        watchDevice: network.watch,
      },
    });
    const device: Device = {
      name,
      chat,
      storage,
      setNetwork: network.setNetwork,
      crash: () => {
        network.setNetwork(false);
        this.#devices.delete(device);
        chat.close();
      },
    };
    this.#devices.add(device);
    return device;
  }

  /** The gateway's answers bear the machine's time, which a clock that has leapt is ahead of. */
  #dated(fetch: FetchPort): FetchPort {
    return async (url, init) => {
      const answer = await fetch(url, init);
      const date = new Date(this.#clock.now()).toUTCString();
      const get = (name: string) => (name === 'date' ? date : answer.headers.get(name));
      return { status: answer.status, headers: { get }, text: () => answer.text() };
    };
  }

  async #token(
    { claims }: Person,
    { tokenSeconds = 3_600, aroundToken = (issue) => issue() }: DeviceOptions = {},
  ): Promise<string> {
    // The issuer goes by the machine's clock.
    const aheadSeconds = Math.round((this.#clock.now() - Date.now()) / 1_000);
    const expiresIn = tokenSeconds + aheadSeconds;
    return aroundToken(() => this.#stack().token({ ...claims, expiresIn }));
  }

  /** A room of both, open on these devices, which are online. */
  async room(customer: Person, vendor: Person, devices: readonly Device[]): Promise<string> {
    const [first] = devices;
    if (!first) throw new Error('A room is opened on a device of the customer.');
    const vendorId = vendor.member.slice('vendor:'.length);
    const { roomId } = await first.chat.openRoom({ vendorId });
    this.history.addRoom(roomId, [customer.member, vendor.member]);
    for (const { chat } of devices) {
      chat.connect();
      chat.room(roomId).watch();
      await whole(() => chat.room(roomId).loadLatest());
    }
    await whole(() => {
      // oxlint-disable-next-line vitest/no-standalone-expect -- a part of a test's body
      for (const { chat } of devices) expect(chat.getState().connection).toBe('online');
    });
    return roomId;
  }

  /** Waits until every device shows the whole room and has nothing unsent, and all of it read; then says what is wrong with the run. */
  async judge(roomId: string, count: number): Promise<string[]> {
    await whole(() => {
      for (const { chat, name } of this.#devices) {
        const { messages } = chat.room(roomId).getState();
        const seqs = messages.map(({ seq }) => seq);
        const all = Array.from({ length: count }, (_, at) => at + 1);
        // A device that came later has the last page.
        const shown = Math.max(seqs.length, Math.min(count, DEFAULT_PAGE_SIZE));
        const { unsent } = chat.getState();
        // oxlint-disable-next-line vitest/no-standalone-expect -- a part of a test's body
        expect({ name, unsent, seqs }).toEqual({ name, unsent: 0, seqs: all.slice(-shown) });
      }
    });
    // After a fault the sender's own mark may be too low until the sender reads.
    for (const { chat } of this.#devices) chat.room(roomId).markRead();
    const endMs = Date.now() + SETTLED_WITHIN_MS;
    for (;;) {
      const findings = await this.#findings(roomId);
      if (findings.length === 0 || Date.now() > endMs) return findings;
      await sleep(200);
    }
  }

  async #findings(roomId: string): Promise<string[]> {
    const { history } = this;
    for (const finals of [history.memberFinals, history.unreadFinals, history.deviceFinals]) {
      finals.length = 0;
    }
    const stack = this.#stack();
    for (const person of this.#people) {
      const token = await this.#token(person);
      await readFinals(history, { member: person.member, api: `${stack.url}/v1`, token });
    }
    for (const { name, chat } of this.#devices) {
      history.deviceFinals.push(shownAtEnd(name, chat, roomId));
    }
    return checkHistory(history).map((finding) => describeFinding(this.#seed, finding));
  }

  close(): void {
    for (const { chat } of this.#devices) chat.close();
  }
}

/** The states of its connection that a client goes through from now on. */
export function statesOf(chat: ChatClient): string[] {
  const states: string[] = [];
  chat.subscribe(() => {
    const { connection } = chat.getState();
    if (states.at(-1) !== connection) states.push(connection);
  });
  return states;
}

/** Waits until something is so. */
export function whole(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: WHOLE_WITHIN_MS, interval: 50 });
}

/** A network that can be taken away. */
class Network {
  readonly #sockets = new Set<SocketPort>();
  readonly #listeners = new Set<(signal: DeviceSignal) => void>();
  #isUp = true;

  readonly fetch: Ports['fetch'] = async (url, init) => {
    if (!this.#isUp) throw new TypeError('The plug is pulled.');
    return DEFAULT_PORTS.fetch(url, init);
  };

  readonly openSocket: Ports['openSocket'] = (url, protocols, listener) => {
    const address = this.#isUp ? url : 'ws://127.0.0.1:9';
    const socket = DEFAULT_PORTS.openSocket(address, protocols, listener);
    this.#sockets.add(socket);
    return socket;
  };

  readonly watch: Ports['watchDevice'] = (listener) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly setNetwork = (isUp: boolean): void => {
    this.#isUp = isUp;
    if (!isUp) for (const socket of this.#sockets) socket.close();
    for (const listener of this.#listeners) listener(isUp ? 'online' : 'offline');
  };
}

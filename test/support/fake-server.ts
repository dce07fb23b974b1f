/** A chat server in memory, at the client's ports: enough of the contract to exercise a client, and faults on order. */
import type { FetchPort, SocketListener, SocketPort } from '#client/ports.ts';
import type { UploadPort } from '#client/uploads/upload-port.ts';
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';

import {
  deleted,
  edited,
  mineOf,
  moveStatus,
  newRoom,
  type Outgoing,
  pageOf,
  reacted,
  renderRoom,
  type Rewrite,
  storedMessage,
  type StoredRoom,
} from './fake-server-rooms.ts';
import {
  type Answer,
  answerOf,
  type Call,
  type FakeShop,
  newShop,
  ok,
  serveNotes,
  serveShop,
} from './fake-server-shop.ts';

export interface Claims {
  readonly sub: string;
  readonly role: 'customer' | 'vendor';
  readonly vendor_id?: string;
  readonly name?: string;
  readonly exp?: number;
}

/** What a fault does with a request: nothing answers, an answer gets lost, or a refusal. */
export type Fault =
  | 'unreachable'
  | 'lost answer'
  | { readonly status: number; readonly body: object };

interface Connection {
  readonly member: Member;
  readonly device: string;
  readonly listener: SocketListener;
}

/** A token that the fake server believes: claims without a signature. */
export function fakeToken(claims: Claims): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.fake`;
}

function memberOf({ sub, role, vendor_id }: Claims): Member {
  return role === 'vendor' ? `vendor:${vendor_id ?? ''}` : `customer:${sub}`;
}

export class FakeServer {
  readonly rooms = new Map<string, StoredRoom>();
  readonly connections = new Set<Connection>();
  readonly refusedTokens = new Set<string>();
  /** Every HTTP call that reached the server: `POST rooms/r/messages`. */
  readonly calls: string[] = [];
  readonly frames: Record<string, unknown>[] = [];
  /** What belongs to the staff: notes, settings, saved replies. */
  readonly shop: FakeShop = newShop();
  /** The names of the files that a place was asked for. */
  readonly places: string[] = [];
  handshakes = 0;
  /** Decides about each HTTP call before it is served. */
  fault: (call: string) => Fault | null = () => null;
  /** Whether sockets open and frames arrive. */
  socketsWork = true;
  /** Until when it says that members are online; fifteen minutes on where nothing is set. */
  onlineUntilMs: number | null = null;
  /** Pushes wait here while held, so that a test can swap or drop them. */
  held: (() => void)[] | null = null;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  readonly fetch: FetchPort = async (address, init) => {
    const url = new URL(address);
    const path = url.pathname.split('/').slice(2).map(decodeURIComponent);
    const name = `${init.method} ${path.join('/')}`;
    const fault = this.fault(name);
    if (fault === 'unreachable') throw new TypeError('fetch failed');
    this.calls.push(name + url.search);
    if (typeof fault === 'object' && fault !== null) return answerOf(fault, this.#now());
    const token = init.headers.authorization?.slice('Bearer '.length) ?? '';
    if (this.refusedTokens.has(token)) {
      return answerOf({ status: 401, body: { code: 'token_expired' } }, this.#now());
    }
    const answer = this.#serve({
      method: init.method,
      path,
      query: url.searchParams,
      body: init.body === undefined ? {} : JSON.parse(init.body),
      member: memberOf(claimsOf(token)),
      device: init.headers['parley-device'] ?? '',
    });
    if (fault === 'lost answer') throw new TypeError('socket hang up');
    return answerOf(answer, this.#now());
  };

  /** Where files go; set by a test that sends some. */
  upload: UploadPort = () => Promise.reject(new Error('This test sends no files.'));

  readonly openSocket = (
    address: string,
    protocols: string[],
    listener: SocketListener,
  ): SocketPort => {
    const token = protocols[1] ?? '';
    this.handshakes += 1;
    const device = new URL(address).searchParams.get('device') ?? '';
    const connection = { member: memberOf(claimsOf(token)), device, listener };
    const isWelcome = this.socketsWork && !this.refusedTokens.has(token);
    setImmediate(() => {
      if (!isWelcome) return listener.onClose(1006);
      this.connections.add(connection);
      return listener.onOpen();
    });
    return {
      send: (text) => setImmediate(() => this.#onFrame(connection, JSON.parse(text))),
      // What was sent before it still arrives.
      close: () =>
        setImmediate(() => {
          if (this.connections.delete(connection)) listener.onClose(1000);
        }),
    };
  };

  /** Cuts every socket, as a network does. */
  cut(): void {
    for (const connection of this.connections) {
      this.connections.delete(connection);
      connection.listener.onClose(1006);
    }
  }

  /** Tells the members of a room, as pushes do. */
  push(room: StoredRoom, frame: object, except = ''): void {
    this.tell([room.customer, room.vendor], frame, except);
  }

  /** Tells some members. */
  tell(members: readonly string[], frame: object, except: string): void {
    const go = () => {
      for (const { member, device, listener } of this.connections) {
        if (members.includes(member) && device !== except) listener.onText(JSON.stringify(frame));
      }
    };
    if (this.held) this.held.push(go);
    else go();
  }

  /** Stores a message as if its sender had sent it. */
  write(room: StoredRoom, sender: Member, text: string): Message {
    const id = crypto.randomUUID();
    const from = { member: sender, device: 'elsewhere' };
    return this.#send(room, from, { id, type: 'text', text }).message;
  }

  /** Changes a message as if its sender had done it elsewhere. */
  rewrite(room: StoredRoom, seq: number, rewrite: Rewrite): Message {
    return this.#change(room, { device: 'elsewhere' }, { seq, rewrite });
  }

  /** Posts a system message. */
  post(room: StoredRoom, event: string, device = ''): void {
    const outgoing = { id: crypto.randomUUID(), type: 'system' } as const;
    const message = storedMessage(room, null, { outgoing, at: this.#at() });
    for (const member of [room.customer, room.vendor]) {
      if ((room.read[member] ?? 0) === room.messages.length) room.read[member] = message.seq;
    }
    room.messages.push({ ...message, system: { event, params: {} } });
    this.push(room, { event: 'message', message: room.messages.at(-1) }, device);
  }

  /** The room of a customer and a vendor, made if new. */
  roomOf(customer: Member, vendor: Member): StoredRoom {
    const roomId = `d-${customer}-${vendor}`;
    const room = this.rooms.get(roomId) ?? newRoom(customer, vendor);
    this.rooms.set(roomId, room);
    return room;
  }

  #onFrame(connection: Connection, frame: Record<string, unknown>): void {
    if (!this.socketsWork || !this.connections.has(connection)) return;
    this.frames.push(frame);
    const { ref, action } = frame;
    const reply = (event: object) => connection.listener.onText(JSON.stringify({ ...event, ref }));
    const room = this.rooms.get(String(frame.roomId));
    if (action === 'focus') this.#focus(connection, frame);
    if (action === 'ping' && ref !== undefined) reply({ event: 'pong', at: this.#at() });
    if (!room) return;
    if (action === 'typing') {
      const { member } = connection;
      const { roomId } = room;
      const event = { event: 'typing', roomId, member, name: 'x', typing: frame.typing };
      this.push(room, event, connection.device);
    } else if (action === 'read') {
      this.#read(room, connection, Number(frame.seq));
      reply({ event: 'ok' });
    } else if (action === 'edit' || action === 'delete' || action === 'react') {
      const { text, emoji, on } = frame;
      this.#change(room, connection, {
        seq: Number(frame.seq),
        rewrite: this.#rewriteOf(action, { text, emoji, on }, connection.member),
      });
      reply({ event: 'ok' });
    } else if (action === 'send') {
      const outgoing = frame.message as Outgoing;
      const { message, delivered } = this.#send(room, connection, outgoing);
      const { roomId, id, seq, at } = message;
      reply({ event: 'ack', roomId, id, seq, at, delivered });
    }
  }

  #serve(call: Call): Answer {
    const [kind, roomId = '', part] = call.path;
    if (kind === 'unread') return ok(this.#unread(call.member));
    if (kind === 'vendors') return serveShop(this.shop, call);
    if (kind !== 'rooms') return { status: 404, body: { message: 'Not Found' } };
    if (roomId === '' && call.method === 'POST') {
      const room = this.roomOf(call.member, `vendor:${String(call.body.vendorId)}`);
      return { status: 201, body: renderRoom(room, call.member) };
    }
    if (roomId === '') return ok(this.#list(call));
    const room = this.rooms.get(roomId);
    if (!room) return { status: 404, body: { code: 'not_found', detail: 'Nothing here.' } };
    if (part === undefined || part === 'mine') return this.#serveHead(room, call);
    if (part === 'messages') return this.#serveMessages(room, call);
    if (part === 'participants') return ok({ items: this.#people(room) });
    if (part === 'attachments') return this.#serveFiles(call);
    if (part === 'notes') {
      const tell = (frame: object) => this.tell([room.vendor], frame, call.device);
      return serveNotes(this.shop, call, { roomId, at: this.#at(), tell });
    }
    this.#read(room, call, Number(call.body.seq));
    return { status: 204, body: null };
  }

  #serveHead(room: StoredRoom, call: Call): Answer {
    const { member, device, body } = call;
    if (call.path[2] === 'mine') {
      room.mine.set(member, { ...mineOf(room, member), ...body });
      this.tell([member], { event: 'room', room: renderRoom(room, member) }, device);
    } else if (call.method === 'PATCH') {
      const event = moveStatus(room, body.status === 'closed' ? 'closed' : 'open');
      if (event !== null) this.post(room, event, device);
    }
    return ok(renderRoom(room, member));
  }

  #serveMessages(room: StoredRoom, call: Call): Answer {
    const [, , , seq, part] = call.path;
    if (seq === undefined && call.method === 'POST') {
      const outgoing = call.body as unknown as Outgoing;
      const { message, isNew, delivered } = this.#send(room, call, outgoing);
      return isNew ? { status: 201, body: { ...message, delivered } } : ok(message);
    }
    if (seq === undefined) return ok(pageOf(room, call.query));
    const action = part === undefined ? (call.method === 'PATCH' ? 'edit' : 'delete') : 'react';
    const rewrite = this.#rewriteOf(action, call.body, call.member);
    return ok(this.#change(room, call, { seq: Number(seq), rewrite }));
  }

  #serveFiles({ method, path, body }: Call): Answer {
    const key = `key-${this.places.length + 1}`;
    if (method === 'POST') {
      this.places.push(String(body.name));
      const upload = { url: `http://files/${key}`, fields: { key } };
      return { status: 201, body: { key, upload } };
    }
    const expiresAt = new Date(this.#now() + 300_000).toISOString();
    return ok({ url: `http://files/${path[3]}?signed=${this.calls.length}`, expiresAt });
  }

  #rewriteOf(action: string, body: Record<string, unknown>, member: Member): Rewrite {
    if (action === 'edit') return edited(String(body.text), this.#at());
    if (action === 'delete') return deleted(this.#at());
    return reacted(String(body.emoji), body.on === true, member);
  }

  #change(
    room: StoredRoom,
    from: { device: string },
    { seq, rewrite }: { seq: number; rewrite: Rewrite },
  ): Message {
    const before = room.messages[seq - 1];
    if (!before) throw new Error(`There is no message ${seq}.`);
    const change = rewrite(before);
    if (change === null) return before;
    const message = { ...before, ...change, version: (before.version ?? 0) + 1 };
    room.messages[seq - 1] = message;
    room.changes += 1;
    const { changes } = room;
    this.push(room, { event: 'message.updated', message, changes }, from.device);
    return message;
  }

  #focus({ member, device }: Connection, frame: Record<string, unknown>): void {
    const { roomId, replying = false } = frame;
    const event = { event: 'focus', roomId, user: device, name: device, replying };
    this.tell([member], event, device);
  }

  #send(room: StoredRoom, from: { member: Member; device: string }, outgoing: Outgoing) {
    const known = room.messages.find(
      (message) => message.id === outgoing.id && message.sender?.member === from.member,
    );
    if (known) return { message: known, isNew: false, delivered: undefined };
    const message = storedMessage(room, from.member, { outgoing, at: this.#at() });
    room.messages.push(message);
    room.status = 'open';
    const isPassing = (room.read[from.member] ?? 0) < message.seq - 1;
    if (!isPassing) room.read[from.member] = message.seq;
    const isHeard = [...this.connections].some(
      ({ member }) => member !== from.member && [room.customer, room.vendor].includes(member),
    );
    this.push(room, { event: 'message', message }, from.device);
    if (isPassing) this.#read(room, { ...from, device: '' }, message.seq);
    return { message, isNew: true, delivered: isHeard };
  }

  #read(
    room: StoredRoom,
    { member, device }: { member: Member; device: string },
    seq: number,
  ): void {
    const mark = Math.min(seq, room.messages.length);
    if (mark <= (room.read[member] ?? 0)) return;
    room.read[member] = mark;
    room.delivered[member] = mark;
    const { roomId } = room;
    this.push(
      room,
      { event: 'read', roomId, member, seq: mark, delivered: mark, at: this.#at() },
      device,
    );
  }

  #list({ member, query }: Call): object {
    const rooms = [...this.rooms.values()]
      .filter((room) => room.customer === member || room.vendor === member)
      .filter((room) => room.messages.length > 0)
      .map((room) => renderRoom(room, member))
      .filter((room) => query.get('filter') !== 'unread' || room.unread > 0)
      .sort((a, b) => b.lastActivityAt.localeCompare(a.lastActivityAt));
    const from = Number(query.get('cursor') ?? 0);
    const next = rooms.length > from + 50 ? String(from + 50) : null;
    return { items: rooms.slice(from, from + 50), next };
  }

  #unread(member: Member): object {
    const waiting = [...this.rooms.values()].filter(
      ({ vendor, customer, messages }) =>
        vendor === member && messages.at(-1)?.sender?.member === customer,
    );
    const unread = [...this.rooms.values()]
      .filter((room) => room.customer === member || room.vendor === member)
      .map((room) => renderRoom(room, member).unread)
      .filter((count) => count > 0);
    return {
      rooms: unread.length,
      messages: unread.reduce((sum, count) => sum + count, 0),
      ...(member.startsWith('vendor:') ? { waiting: waiting.length } : {}),
    };
  }

  #people(room: StoredRoom): object[] {
    return [room.customer, room.vendor].map((member) => {
      const online = [...this.connections].some((connection) => connection.member === member);
      const untilMs = this.onlineUntilMs ?? this.#now() + 900_000;
      const onlineUntil = online ? new Date(untilMs).toISOString() : null;
      const readSeq = room.read[member] ?? 0;
      return { member, name: member, online, onlineUntil, lastSeenAt: null, readSeq };
    });
  }

  #at(): string {
    return new Date(this.#now()).toISOString();
  }
}

function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}

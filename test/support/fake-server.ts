/** A chat server in memory, at the client's ports: enough of the contract to exercise a client, and faults on order. */
import type { FetchPort, SocketListener, SocketPort } from '#client/ports.ts';
import type { UploadPort } from '#client/uploads/upload-port.ts';
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

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

interface StoredRoom {
  readonly roomId: string;
  readonly customer: Member;
  readonly vendor: Member;
  readonly messages: Message[];
  readonly read: Record<string, number>;
  readonly delivered: Record<string, number>;
  changes: number;
}

interface Call {
  readonly method: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly member: Member;
  readonly device: string;
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
    if (typeof fault === 'object' && fault !== null) return answerOf(fault.status, fault.body);
    const token = init.headers.authorization?.slice('Bearer '.length) ?? '';
    if (this.refusedTokens.has(token)) return answerOf(401, { code: 'token_expired' });
    const { status, body } = this.#serve({
      method: init.method,
      path,
      query: url.searchParams,
      body: init.body === undefined ? {} : JSON.parse(init.body),
      member: memberOf(claimsOf(token)),
      device: init.headers['parley-device'] ?? '',
    });
    if (fault === 'lost answer') throw new TypeError('socket hang up');
    return answerOf(status, body);
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
      close: () => {
        if (this.connections.delete(connection)) setImmediate(() => listener.onClose(1000));
      },
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
    const members: string[] = [room.customer, room.vendor];
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
    const answer = this.#send(
      room,
      { member: sender, device: 'elsewhere' },
      { id, type: 'text', text },
    );
    return answer.message;
  }

  /** The room of a customer and a vendor, made if new. */
  roomOf(customer: Member, vendor: Member): StoredRoom {
    const roomId = `d-${customer}-${vendor}`;
    const room = this.rooms.get(roomId) ?? {
      roomId,
      customer,
      vendor,
      messages: [],
      read: {},
      delivered: {},
      changes: 0,
    };
    this.rooms.set(roomId, room);
    return room;
  }

  #onFrame(connection: Connection, frame: Record<string, unknown>): void {
    if (!this.socketsWork || !this.connections.has(connection)) return;
    this.frames.push(frame);
    const { ref, action } = frame;
    const reply = (event: object) => connection.listener.onText(JSON.stringify({ ...event, ref }));
    const room = this.rooms.get(String(frame.roomId));
    if (action === 'ping' && ref !== undefined) reply({ event: 'pong', at: this.#at() });
    if (!room) return;
    if (action === 'typing') {
      const { member } = connection;
      const event = {
        event: 'typing',
        roomId: room.roomId,
        member,
        name: 'x',
        typing: frame.typing,
      };
      this.push(room, event, connection.device);
    } else if (action === 'read') {
      this.#read(room, connection, Number(frame.seq));
      reply({ event: 'ok' });
    } else if (action === 'send') {
      const { message, delivered } = this.#send(room, connection, frame.message as object);
      const { roomId, id, seq, at } = message;
      reply({ event: 'ack', roomId, id, seq, at, delivered });
    }
  }

  #serve(call: Call): { status: number; body: unknown } {
    const [kind, roomId = '', part] = call.path;
    if (kind === 'unread') return { status: 200, body: this.#unread(call.member) };
    if (kind !== 'rooms') return { status: 404, body: { message: 'Not Found' } };
    if (roomId === '' && call.method === 'POST') {
      const room = this.roomOf(call.member, `vendor:${String(call.body.vendorId)}`);
      return { status: 201, body: this.render(room, call.member) };
    }
    if (roomId === '') return { status: 200, body: this.#list(call) };
    const room = this.rooms.get(roomId);
    if (!room) return { status: 404, body: { code: 'not_found', detail: 'Nothing here.' } };
    if (part === undefined) return { status: 200, body: this.render(room, call.member) };
    if (part === 'messages' && call.method === 'POST') {
      const { message, isNew, delivered } = this.#send(room, call, call.body);
      return isNew
        ? { status: 201, body: { ...message, delivered } }
        : { status: 200, body: message };
    }
    if (part === 'messages') return { status: 200, body: this.#page(room, call.query) };
    if (part === 'participants') return { status: 200, body: { items: this.#people(room) } };
    this.#read(room, call, Number(call.body.seq));
    return { status: 204, body: null };
  }

  #send(room: StoredRoom, from: { member: Member; device: string }, body: object) {
    const outgoing = body as {
      id: string;
      type: 'text';
      text: string;
      product?: Message['product'];
    };
    const known = room.messages.find(
      (message) => message.id === outgoing.id && message.sender?.member === from.member,
    );
    if (known) return { message: known, isNew: false, delivered: undefined };
    const message: Message = {
      roomId: room.roomId,
      seq: room.messages.length + 1,
      id: outgoing.id,
      type: outgoing.type,
      sender: { member: from.member, name: from.member, agent: null },
      text: outgoing.text,
      attachments: [],
      product: outgoing.product ?? null,
      replyTo: null,
      system: null,
      reactions: {},
      at: this.#at(),
      editedAt: null,
      deletedAt: null,
    };
    room.messages.push(message);
    room.read[from.member] = message.seq;
    const isHeard = [...this.connections].some(
      ({ member }) => member !== from.member && [room.customer, room.vendor].includes(member),
    );
    this.push(room, { event: 'message', message }, from.device);
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

  #page(room: StoredRoom, query: URLSearchParams): object {
    const limit = Number(query.get('limit') ?? 50);
    const after = query.get('after');
    const { changes } = room;
    if (after !== null) {
      const rest = room.messages.filter(({ seq }) => seq > Number(after));
      return { items: rest.slice(0, limit), hasMore: rest.length > limit, changes };
    }
    const before = Number(query.get('before') ?? Infinity);
    const older = room.messages.filter(({ seq }) => seq < before);
    return { items: older.slice(-limit), hasMore: older.length > limit, changes };
  }

  #list({ member, query }: Call): object {
    const rooms = [...this.rooms.values()]
      .filter((room) => room.customer === member || room.vendor === member)
      .filter((room) => room.messages.length > 0)
      .map((room) => this.render(room, member))
      .filter((room) => query.get('filter') !== 'unread' || room.unread > 0)
      .sort((a, b) => b.lastActivityAt.localeCompare(a.lastActivityAt));
    const from = Number(query.get('cursor') ?? 0);
    const next = rooms.length > from + 50 ? String(from + 50) : null;
    return { items: rooms.slice(from, from + 50), next };
  }

  #unread(member: Member): object {
    const unread = [...this.rooms.values()]
      .filter((room) => room.customer === member || room.vendor === member)
      .map((room) => this.render(room, member).unread)
      .filter((count) => count > 0);
    return { rooms: unread.length, messages: unread.reduce((sum, count) => sum + count, 0) };
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

  render(room: StoredRoom, member: Member): Room {
    const last = room.messages.at(-1);
    const product = room.messages.findLast((message) => message.product !== null)?.product;
    return {
      roomId: room.roomId,
      kind: 'direct',
      title: null,
      members: [
        { member: room.customer, name: room.customer },
        { member: room.vendor, name: room.vendor },
      ],
      status: 'open',
      seq: room.messages.length,
      changes: room.changes,
      read: { ...room.read },
      delivered: { ...room.delivered },
      unread: room.messages.length - (room.read[member] ?? 0),
      lastMessage: last
        ? {
            seq: last.seq,
            type: 'text',
            preview: last.text ?? '',
            sender: last.sender?.member ?? null,
            at: last.at,
          }
        : null,
      ...(product ? { product } : {}),
      mine: { muted: false, markedUnread: false, labels: [], assignee: null },
      createdAt: '2026-11-22T12:00:00.000Z',
      lastActivityAt: last?.at ?? '2026-11-22T12:00:00.000Z',
    };
  }

  #at(): string {
    return new Date(this.#now()).toISOString();
  }
}

function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}

function answerOf(status: number, body: unknown): Awaited<ReturnType<FetchPort>> {
  const text = body === null ? '' : JSON.stringify(body);
  return { status, headers: { get: () => null }, text: async () => text };
}

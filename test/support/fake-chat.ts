/** Nino, Ana and the fake server: clients on a clock that only tests move. */
import { createChatClient } from '#client/chat-client.ts';
import type { ChatClient, ChatEvents } from '#client/chat.ts';
import { memoryStorage, type OutboxStorage } from '#client/ports.ts';

import { FakeClock, type FakeDevice, fakeDevice } from './fake-ports.ts';
import { type Claims, FakeServer, fakeToken } from './fake-server.ts';

export const NINO: Claims = { sub: '42', role: 'customer', name: 'Nino' };
export const ANA: Claims = { sub: 'ana', role: 'vendor', vendor_id: '7', name: 'Ana' };

/** One server with whoever a test brings. Close it in the test's end. */
export class FakeChat {
  readonly clock = new FakeClock();
  readonly server = new FakeServer(this.clock.now);
  readonly #opened: ChatClient[] = [];

  /** Somebody at a device of their own. */
  client(
    claims: Claims,
    { storage = memoryStorage(), device }: { storage?: OutboxStorage; device?: string } = {},
  ): { client: ChatClient; device: FakeDevice } {
    const at = fakeDevice({ server: this.server, clock: this.clock, storage });
    const client = createChatClient({
      api: 'http://fake/v1',
      socket: 'ws://fake/ws',
      token: async () =>
        fakeToken({ ...claims, exp: Math.floor(this.clock.now() / 1000) + 36_000 }),
      ports: at.ports,
      ...(device === undefined ? {} : { device }),
    });
    this.#opened.push(client);
    return { client, device: at };
  }

  /** Nino in her room with Ana's shop, and Ana looking at it too; both online, and the second look is over. */
  async conversation(...texts: string[]) {
    const { client: nino } = this.client(NINO);
    const { client: ana } = this.client(ANA, { device: 'ana' });
    nino.connect();
    ana.connect();
    const room = await nino.openRoom({ vendorId: '7' });
    const stored = this.server.roomOf('customer:42', 'vendor:7');
    for (const text of texts) this.server.write(stored, 'customer:42', text);
    const hers = ana.room(room.roomId);
    await Promise.all([room.loadLatest(), hers.loadLatest()]);
    room.watch();
    hers.watch();
    await this.clock.advance(5_000);
    return { nino, ana, room, hers, stored, roomId: room.roomId };
  }

  close(): void {
    for (const client of this.#opened.splice(0)) client.close();
  }
}

/** Everything of one kind that a client tells from now on. */
export function heard<Name extends keyof ChatEvents>(
  client: ChatClient,
  name: Name,
): ChatEvents[Name][] {
  const events: ChatEvents[Name][] = [];
  client.on(name, (event) => events.push(event));
  return events;
}

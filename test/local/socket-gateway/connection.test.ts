/** The limits of one connection: frame and message sizes, the idle and the two-hour cut. */
import { afterEach, describe, expect, test } from 'vitest';
import { FrameMeter } from '../../../lib/local/socket-gateway/connection.ts';
import { type Gateways, connect, startGateways, until } from '../../support/gateways.ts';

let gateways: Gateways;
afterEach(() => gateways?.stop());

const KB = 1024;
const MINUTE = 60_000;

async function client() {
  gateways = await startGateways({});
  return connect(gateways.socketUrl);
}

describe('sizes', () => {
  test('a frame of 32 KB passes', async () => {
    const { socket } = await client();
    socket.send('x'.repeat(32 * KB));
    await until(() => gateways.eventsOf('$default').length === 1);
    expect(gateways.eventsOf('$default')[0].body).toHaveLength(32 * KB);
  });

  test('one byte more closes with 1009 and reaches no function', async () => {
    const { socket, closed } = await client();
    socket.send('x'.repeat(32 * KB + 1));
    expect((await closed).code).toBe(1009);
    await until(() => gateways.eventsOf('$disconnect').length === 1);
    expect(gateways.eventsOf('$disconnect')[0].requestContext.disconnectStatusCode).toBe(1009);
    expect(gateways.eventsOf('$default')).toEqual([]);
  });

  test('a message of 128 KB in four frames passes as one', async () => {
    const { socket } = await client();
    const quarter = 'x'.repeat(32 * KB);
    for (const fin of [false, false, false, true]) socket.send(quarter, { fin });
    await until(() => gateways.eventsOf('$default').length === 1);
    expect(gateways.eventsOf('$default')[0].body).toHaveLength(128 * KB);
  });

  test('a message of one byte more closes with 1009', async () => {
    const { socket, closed } = await client();
    const quarter = 'x'.repeat(32 * KB);
    for (let count = 0; count < 4; count += 1) socket.send(quarter, { fin: false });
    socket.send('x', { fin: true });
    expect((await closed).code).toBe(1009);
    expect(gateways.eventsOf('$default')).toEqual([]);
  });

  test('a binary frame closes with 1003', async () => {
    const { socket, closed } = await client();
    socket.send(Buffer.from('{"action":"tell"}'));
    expect((await closed).code).toBe(1003);
    expect(gateways.eventsOf('tell')).toEqual([]);
  });

  test('text that is no UTF-8 closes with 1007', async () => {
    const { socket, closed } = await client();
    socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect((await closed).code).toBe(1007);
  });
});

describe('cuts', () => {
  test('10 minutes without a message close with 1001', async () => {
    const { closed } = await client();
    gateways.clock.advance(10 * MINUTE - 1);
    expect(gateways.socketGateway.count()).toBe(1);
    gateways.clock.advance(1);
    expect(await closed).toEqual({ code: 1001, reason: 'Going away' });
    await until(() => gateways.eventsOf('$disconnect').length === 1);
    expect(gateways.eventsOf('$disconnect')[0].requestContext).toMatchObject({
      disconnectStatusCode: 1001,
      disconnectReason: 'Going away',
    });
  });

  test('a message starts the 10 minutes anew', async () => {
    const { socket, closed } = await client();
    gateways.clock.advance(9 * MINUTE);
    socket.send('{"action":"tell"}');
    await until(() => gateways.eventsOf('tell').length === 1);
    gateways.clock.advance(9 * MINUTE);
    expect(socket.readyState).toBe(socket.OPEN);
    gateways.clock.advance(MINUTE);
    expect((await closed).code).toBe(1001);
  });

  test('pings of the protocol are answered and are no traffic', async () => {
    const { socket, closed } = await client();
    gateways.clock.advance(9 * MINUTE);
    const ponged = new Promise((resolve) => socket.once('pong', resolve));
    socket.ping();
    await ponged;
    gateways.clock.advance(MINUTE);
    expect((await closed).code).toBe(1001);
  });

  test('2 hours close with 1001, however busy the connection', async () => {
    const { socket, closed } = await client();
    for (let count = 1; count < 24; count += 1) {
      gateways.clock.advance(5 * MINUTE);
      socket.send('{"action":"tell"}');
      await until(() => gateways.eventsOf('tell').length === count);
    }
    expect(gateways.socketGateway.count()).toBe(1);
    gateways.clock.advance(5 * MINUTE);
    expect((await closed).code).toBe(1001);
  });

  test('a closed connection leaves no timer behind', async () => {
    const { socket } = await client();
    expect(gateways.clock.waiting()).toBe(1);
    socket.close();
    await until(() => gateways.socketGateway.count() === 0);
    expect(gateways.clock.waiting()).toBe(0);
  });
});

describe('the frame meter', () => {
  const frame = (length: number, extended: 0 | 2 | 8) => {
    const size = Buffer.alloc(extended);
    if (extended === 2) size.writeUInt16BE(length);
    if (extended === 8) size.writeBigUInt64BE(BigInt(length));
    const short = extended === 0 ? length : extended === 2 ? 126 : 127;
    const head = Buffer.from([0x81, 0x80 | short]);
    return Buffer.concat([head, size, Buffer.alloc(4, 7), Buffer.alloc(Math.min(length, 70_000))]);
  };

  test('finds a long frame behind short ones, wherever the chunks are cut', () => {
    const bytes = Buffer.concat([
      frame(0, 0),
      frame(125, 0),
      frame(32 * KB, 2),
      frame(32 * KB + 1, 8),
    ]);
    for (const size of [1, 2, 3, 7, 1000, 40_000, bytes.length]) {
      const meter = new FrameMeter();
      const found: number[] = [];
      for (let at = 0; at < bytes.length && found.length === 0; at += size) {
        if (meter.exceeds(bytes.subarray(at, at + size))) found.push(at);
      }
      const header = frame(0, 0).length + frame(125, 0).length + frame(32 * KB, 2).length + 14;
      expect(found).toEqual([Math.floor((header - 1) / size) * size]);
    }
  });

  test('takes any number of frames within the limit', () => {
    const meter = new FrameMeter();
    for (let count = 0; count < 50; count += 1)
      expect(meter.exceeds(frame(32 * KB, 2))).toBe(false);
  });

  test('does not believe a length beyond all numbers', () => {
    expect(new FrameMeter().exceeds(Buffer.from([0x81, 0xff, ...Array(12).fill(0xff)]))).toBe(true);
  });
});

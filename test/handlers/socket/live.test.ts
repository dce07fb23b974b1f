/** What lives on sockets only, and marks that every device hears of: through all the handlers. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parse } from '#protocol/parse.ts';
import { SERVER_FRAMES } from '#protocol/server-frames.ts';

import { ANA, type AnyJson, deploy, type Deployment, NINO } from '../../support/deployment.ts';

let chat: Deployment;
beforeAll(async () => {
  chat = await deploy();
});
afterAll(() => chat.stop());

let people = 0;

async function aRoom() {
  people += 1;
  const vendorId = `live-${people}`;
  const nino = chat.token({ ...NINO, sub: `live-${people}` });
  const ana = chat.token({ ...ANA, vendor_id: vendorId });
  const gio = chat.token({ ...ANA, sub: 'gio', name: 'Gio', vendor_id: vendorId });
  const opened = await chat.call('openRoom', { token: nino, body: { vendorId } });
  const params = { roomId: String(opened.body.roomId) };
  const devices = {
    phone: await chat.open(nino, 'phone'),
    tablet: await chat.open(nino, 'tablet'),
    desk: await chat.open(ana, 'desk'),
    home: await chat.open(ana, 'home'),
    till: await chat.open(gio, 'till'),
  };
  const say = async (token: string, device: string, text: string) =>
    chat.call('sendMessage', {
      token,
      params,
      headers: { 'parley-device': device },
      body: { id: randomUUID(), type: 'text', text },
    });
  const framesTo = (device: keyof typeof devices, event: string): AnyJson[] =>
    devices[device].received().filter((frame) => frame.event === event);
  return { nino, ana, params, devices, say, framesTo, vendorId };
}

describe('marks', () => {
  it('of delivery follow an accepted push, a page, and a read, and reach every other device', async () => {
    const { nino, params, devices, say, framesTo, vendorId } = await aRoom();
    await say(nino, 'phone', 'one');
    // The sending device has its answer; the other one hears that it arrived.
    const arrived = { member: `vendor:${vendorId}`, seq: 0, delivered: 1 };
    expect(framesTo('tablet', 'read')).toMatchObject([arrived]);
    expect(framesTo('phone', 'read')).toEqual([]);
    expect(parse(SERVER_FRAMES.read, framesTo('tablet', 'read')[0])).toMatchObject(arrived);

    for (const device of ['desk', 'home', 'till'] as const) {
      chat.statuses.set(devices[device].connectionId, 410);
    }
    const unheard = await say(nino, 'phone', 'two');
    expect(unheard.body.delivered).toBe(false);
    for (const device of ['desk', 'home', 'till'] as const) {
      chat.statuses.delete(devices[device].connectionId);
    }
    const token = chat.token({ ...ANA, vendor_id: vendorId });
    const headers = { 'parley-device': 'desk' };
    await chat.call('listMessages', { token, params, headers, query: { after: '1' } });
    expect(framesTo('phone', 'read').at(-1)).toMatchObject({ ...arrived, delivered: 2 });
    expect(framesTo('till', 'read').at(-1)).toMatchObject({ ...arrived, delivered: 2 });
    expect(framesTo('desk', 'read')).toEqual([]);

    await devices.desk.send({ action: 'read', ref: 'r', ...params, seq: 2 });
    const told = framesTo('phone', 'read').length;
    await devices.home.send({ action: 'read', ref: 'r', ...params, seq: 1 });
    expect(framesTo('phone', 'read')).toHaveLength(told);
    const { body } = await chat.call('getRoom', { token: nino, params });
    expect(body).toMatchObject({
      read: { [`vendor:${vendorId}`]: 2 },
      delivered: { [`vendor:${vendorId}`]: 2 },
    });
    const who = await chat.call('listParticipants', { token: nino, params });
    expect(who.body.items.at(-1)).toMatchObject({ readSeq: 2, online: true });
  });
});

describe('typing', () => {
  it('reaches the other side alone, as the shop, and leaves nothing behind', async () => {
    const { nino, params, devices, framesTo, vendorId } = await aRoom();
    const before = await chat.call('getRoom', { token: nino, params });
    await devices.desk.send({ action: 'typing', ...params, typing: true });
    const frame = { event: 'typing', ...params, member: `vendor:${vendorId}`, typing: true };
    expect(framesTo('phone', 'typing')).toEqual([{ ...frame, name: 'Tbilisi Ceramics' }]);
    for (const device of ['desk', 'home', 'till'] as const) {
      expect(framesTo(device, 'typing')).toEqual([]);
    }
    expect((await chat.call('getRoom', { token: nino, params })).body).toEqual(before.body);
  });
});

describe('focus', () => {
  it('tells colleagues and the own other devices, unanswered, and no customer', async () => {
    const { params, devices, framesTo } = await aRoom();
    const focus = { action: 'focus', ref: 'f', ...params, replying: true };
    expect(await devices.desk.send(focus)).toBeUndefined();
    expect(await devices.desk.send({ action: 'focus', roomId: null })).toBeUndefined();
    for (const device of ['home', 'till'] as const) {
      const [here, away] = framesTo(device, 'focus');
      expect(parse(SERVER_FRAMES.focus, here)).toEqual(here);
      expect(here).toMatchObject({ ...params, user: 'ana', name: 'Ana', replying: true });
      expect(away).toMatchObject({ roomId: null, user: 'ana', replying: false });
    }
    for (const device of ['desk', 'phone', 'tablet'] as const) {
      expect(devices[device].received()).toEqual([]);
    }
  });

  it('is refused by a pushed error: to customers, in rooms of others, out of shape', async () => {
    const { params, devices } = await aRoom();
    const other = await aRoom();
    for (const [device, frame, code] of [
      [devices.phone, { ...params }, 'forbidden'],
      [devices.phone, { roomId: null }, 'forbidden'],
      [devices.desk, { ...other.params }, 'not_found'],
      [devices.desk, { roomId: 'd-none' }, 'not_found'],
      [devices.desk, { roomId: 7 }, 'invalid'],
      [devices.desk, { ...params, replying: 'yes' }, 'invalid'],
    ] as const) {
      expect(await device.send({ action: 'focus', ref: 'f', ...frame })).toBeUndefined();
      expect(device.received().at(-1)).toMatchObject({ event: 'error', code, ref: 'f' });
    }
    for (const device of [devices.till, other.devices.desk, other.devices.phone]) {
      expect(device.received()).toEqual([]);
    }
  });
});

it('reaches twenty devices at once, each once', async () => {
  const { nino, say, vendorId } = await aRoom();
  const opened = Array.from({ length: 20 }, (_, n) => {
    const claims = { ...ANA, sub: `staff-${n % 2}`, vendor_id: vendorId };
    return chat.open(chat.token(claims), `device-${n}`);
  });
  const devices = await Promise.all(opened);
  await say(nino, 'phone', 'Is anybody there?');
  const heard = devices.map((device) => device.received().map(({ event }) => String(event)));
  expect(heard).toEqual(devices.map(() => ['room', 'message']));
});

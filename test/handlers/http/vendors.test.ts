/** A shop's calls: who may make them, what they keep, and what everybody sees of it without a token. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { HTTP_ANSWERS } from '#protocol/http-answers.ts';
import { parse } from '#protocol/parse.ts';

import { ANA, deploy, type Deployment, NINO } from '../../support/deployment.ts';
import { everyDay, someHours, someSettings } from '../../support/shop.ts';

let chat: Deployment;
beforeAll(async () => {
  chat = await deploy({ PRODUCT_HOSTS: '["cdn.example"]' });
});
afterAll(() => chat.stop());

const staffOf = (vendor_id: string) => chat.token({ ...ANA, vendor_id });
const vendorPage = (vendorId: string) => chat.call('getVendor', { params: { vendorId } });
const HELLO = () => ({ replyId: randomUUID(), shortcut: 'hello', messages: ['Hi {{customer}}'] });

describe('the calls about a shop', () => {
  it.each([
    ['getSettings', {}],
    ['putSettings', { body: someSettings() }],
    ['listReplies', {}],
    ['addReply', { body: HELLO() }],
    ['putReply', { params: { replyId: randomUUID() }, body: HELLO() }],
    ['deleteReply', { params: { replyId: randomUUID() } }],
  ] as const)('%s is for a vendor’s staff', async (name, call) => {
    expect(await chat.call(name, call)).toMatchObject({ status: 401 });
    for (const claims of [NINO, { role: 'admin' }]) {
      const answer = await chat.call(name, { ...call, token: chat.token(claims) });
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });
});

describe('settings', () => {
  it('are replaced as a whole', async () => {
    const token = staffOf('settings');
    const settings = someSettings({
      name: 'ჭიქა და თეფში',
      picture: 'https://cdn.example/logo.png',
      hours: someHours(everyDay([{ from: '10:00', to: '24:00' }]), [{ date: '2027-01-07' }]),
    });
    const put = await chat.call('putSettings', { token, body: settings });
    expect(put).toMatchObject({ status: 200, body: settings });
    expect(put.body).toEqual({ ...settings, version: 1 });
    expect((await chat.call('getSettings', { token })).body).toEqual(put.body);
    await chat.call('putSettings', { token, body: { greeting: ' Hi ' } });
    const { body } = await chat.call('getSettings', { token });
    expect(body).toEqual(someSettings({ greeting: 'Hi', version: 2 }));
    const late = await chat.call('putSettings', { token, body: { greeting: 'Oh', version: 1 } });
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(parse(HTTP_ANSWERS.getSettings[200], body)).toEqual(body);
  });

  it.each([
    ['name', { name: 'x'.repeat(101) }],
    // as a whole: a misspelt name would unset what it meant to set
    ['colour', { colour: 'red' }],
    ['picture', { picture: 'https://elsewhere.example/a.png' }],
    ['hours.timeZone', { hours: { ...someHours({}), timeZone: 'Nowhere' } }],
  ])('with a wrong %s are a problem, and stay as they are', async (path, body) => {
    const token = staffOf('wrong');
    const answer = await chat.call('putSettings', { token, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid', errors: [{ path }] } });
    expect((await chat.call('getSettings', { token })).body).toEqual(someSettings({ version: 0 }));
  });
});

describe('saved replies', () => {
  it('live from their making to their end', async () => {
    const token = staffOf('replies');
    const hello = HELLO();
    const made = await chat.call('addReply', { token, body: hello });
    expect(made).toMatchObject({ status: 201, body: hello });
    expect(await chat.call('addReply', { token, body: hello })).toMatchObject({
      status: 200,
      body: made.body,
    });
    const other = { ...hello, messages: ['Hey'] };
    expect(await chat.call('addReply', { token, body: other })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    const params = { replyId: hello.replyId };
    const { replyId: _, ...changed } = other;
    const put = await chat.call('putReply', { token, params, body: changed });
    expect(put).toMatchObject({ status: 200, body: other });
    expect((await chat.call('listReplies', { token })).body).toEqual({ items: [put.body] });
    expect(await chat.call('deleteReply', { token, params })).toMatchObject({ status: 204 });
    expect(await chat.call('deleteReply', { token, params })).toMatchObject({ status: 204 });
    expect(await chat.call('putReply', { token, params, body: changed })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    expect((await chat.call('listReplies', { token })).body).toEqual({ items: [] });
  });

  it('take a shortcut once, also where colleagues add at once', async () => {
    const token = staffOf('at-once');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => chat.call('addReply', { token, body: HELLO() })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
  });

  it('of another shop are not found', async () => {
    const hello = HELLO();
    await chat.call('addReply', { token: staffOf('mine'), body: hello });
    const params = { replyId: hello.replyId };
    const token = staffOf('yours');
    const answer = await chat.call('putReply', { token, params, body: hello });
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    await chat.call('deleteReply', { token, params });
    const { body } = await chat.call('listReplies', { token: staffOf('mine') });
    expect(body.items).toHaveLength(1);
  });
});

describe('the page of a shop', () => {
  it('needs no token, and may be kept for a minute by anybody', async () => {
    await chat.call('putSettings', {
      token: staffOf('page'),
      body: someSettings({ name: 'Page', greeting: '<b>Hi</b>', awayMessage: 'secret' }),
    });
    const { status, headers, body } = await vendorPage('page');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=60',
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
    });
    expect(body).toEqual({
      vendorId: 'page',
      name: 'Page',
      picture: null,
      greeting: '<b>Hi</b>',
      openNow: null,
      opensAt: null,
      replySeconds: null,
    });
  });

  it('of a shop nobody has heard of looks like that of one that set nothing', async () => {
    await chat.call('putSettings', { token: staffOf('bare'), body: {} });
    const bare = await vendorPage('bare');
    const unknown = await vendorPage('nobody|77');
    expect(unknown.status).toBe(200);
    expect(unknown.headers).toEqual(bare.headers);
    expect(unknown.body).toEqual({ ...bare.body, vendorId: 'nobody|77', name: 'nobody|77' });
    expect(parse(HTTP_ANSWERS.getVendor[200], unknown.body)).toEqual(unknown.body);
  });

  it.each(['', 'x'.repeat(193), 'a\u0000'])('of the impossible id %j is a problem', async (id) => {
    const answer = await vendorPage(id);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

/** The mail of docs/INTEGRATE.md: what it says, when there is none, and that the page quotes what runs here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { mailFor, type Shop, type UnreadEvent } from '../../../docs/examples/mail.ts';
import { placeOf } from '../../../web/inbox/places.ts';
import { roomOfPath } from '../../../web/react/page/room-path.ts';

const docs = path.resolve(import.meta.dirname, '../../../docs');

function anEvent(overrides: Partial<UnreadEvent['detail']> = {}, type = 'member.unread') {
  const detail = {
    key: 'member.unread#d-1#1',
    member: 'vendor:7',
    roomId: 'd-1',
    customerName: 'Nino',
    vendorName: 'Tbilisi Ceramics',
    unread: 1,
    since: '2026-11-22T16:00:00.000Z',
    preview: 'Is it dishwasher safe?',
    ...overrides,
  };
  return { 'detail-type': type, detail };
}

function aShop(): Shop {
  const seen = new Set<string>();
  return {
    chatUrl: 'https://chat.example',
    addressOf: async (member) => (member === 'vendor:9' ? undefined : `${member}@shop.example`),
    isFirst: async (key) => seen.size < seen.add(key).size,
  };
}

/** The path that a mail leads to. */
const pathIn = (text = '') => new URL(/https:\S+$/u.exec(text)?.[0] ?? '').pathname;

describe('the mail', () => {
  it('leads to the conversation, on the page of who gets it', async () => {
    const toVendor = await mailFor(anEvent({ roomId: 'd-1_-x' }), aShop());
    expect(placeOf(pathIn(toVendor?.text))).toMatchObject({ kind: 'room', roomId: 'd-1_-x' });
    const toCustomer = await mailFor(anEvent({ member: 'customer:42' }), aShop());
    expect(roomOfPath('/chat', pathIn(toCustomer?.text))).toBe('d-1');
  });

  it('tells a vendor of its customer, and of the product they talk about', async () => {
    const product = { title: 'Blue bowl' };
    expect(await mailFor(anEvent({ product, unread: 3 }), aShop())).toEqual({
      to: 'vendor:7@shop.example',
      subject: 'Nino wrote to you about Blue bowl',
      text: 'Nino has sent you 3 messages about Blue bowl. The latest:\n\n> Is it dishwasher safe?\n\nAnswer here: https://chat.example/inbox/d-1',
    });
  });

  it('tells a customer of the shop', async () => {
    const mail = await mailFor(anEvent({ member: 'customer:42', preview: '' }), aShop());
    expect(mail?.subject).toBe('Tbilisi Ceramics wrote to you');
    expect(mail?.text).toContain('> (a picture or a file)');
    expect(mail?.text).toContain('https://chat.example/chat/d-1');
  });

  it('is made once, however often its event comes', async () => {
    const shop = aShop();
    expect(await mailFor(anEvent(), shop)).toBeDefined();
    expect(await mailFor(anEvent(), shop)).toBeUndefined();
  });

  it('is not made of other events, or for nobody', async () => {
    expect(await mailFor(anEvent({}, 'customer.waiting'), aShop())).toBeUndefined();
    expect(await mailFor(anEvent({ member: 'vendor:9' }), aShop())).toBeUndefined();
  });

  it('has no header that a name could add', async () => {
    const mail = await mailFor(anEvent({ customerName: 'Nino\r\nBcc: all@shop.example' }), aShop());
    expect(mail?.subject).toBe('Nino Bcc: all@shop.example wrote to you');
  });
});

describe('docs/INTEGRATE.md', () => {
  it('quotes the function that runs here', () => {
    const source = readFileSync(path.join(docs, 'examples/mail.ts'), 'utf8');
    const quoted = source.slice(source.indexOf('/** The mail for an event;')).trim();
    expect(quoted.length).toBeGreaterThan(500);
    expect(readFileSync(path.join(docs, 'INTEGRATE.md'), 'utf8')).toContain(quoted);
  });
});

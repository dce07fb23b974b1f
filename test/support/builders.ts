/** Builders of callers, messages and rooms for tests: real-life values, each overridable. */
import { randomUUID } from 'node:crypto';

import type { Caller } from '#core/access.ts';
import type { Connection } from '#core/fan-out.ts';
import type { StoredMessage } from '#core/message.ts';
import type { Rules } from '#core/product.ts';
import type { Reminder } from '#core/reminders/reminder.ts';
import { newHead, type StoredHead } from '#core/room.ts';
import { customerMember, type Member, vendorMember } from '#protocol/ids.ts';
import { DEFAULT_LIMITS, type Limits } from '#protocol/limits.ts';
import type { Attachment, OutgoingMessage, Product } from '#protocol/message.ts';

/** When every test starts. */
export const START_MS = Date.parse('2026-11-22T16:00:00.000Z');

export function aCustomer(overrides: Partial<Caller> & { user?: string } = {}): Caller {
  const user = overrides.user ?? '3f0c9a1e-7b52-4c1d-9a56-0d7f6b1e2c34';
  return {
    member: customerMember(user),
    user,
    role: 'customer',
    name: 'ნინო ბერიძე',
    expiresAtMs: START_MS + 24 * 3_600_000,
    ...overrides,
  };
}

export function aVendor(overrides: Partial<Caller> & { vendorId?: string } = {}): Caller {
  const { vendorId = '8d5a6c1b-2f43-4e77-b0a9-51c3de908f12', ...rest } = overrides;
  return {
    member: vendorMember(vendorId),
    user: 'ana',
    role: 'vendor',
    name: 'ანა',
    vendorName: 'თბილისის კერამიკა',
    expiresAtMs: START_MS + 24 * 3_600_000,
    ...rest,
  };
}

export function anAdmin(): Caller {
  return {
    member: null,
    user: 'root',
    role: 'admin',
    name: 'Root',
    expiresAtMs: START_MS + 3_600_000,
  };
}

export function aText(
  overrides: Partial<Extract<OutgoingMessage, { type: 'text' }>> = {},
): OutgoingMessage {
  return {
    id: randomUUID(),
    type: 'text',
    text: 'გამარჯობა, ეს ჯამი ჭურჭლის სარეცხში ირეცხება?',
    ...overrides,
  };
}

export function aProduct(overrides: Partial<Product> = {}): Product {
  return {
    id: 'sku-1',
    title: 'ლურჯი ჯამი',
    url: 'https://shop.example/p/1',
    image: 'https://shop.example/p/1.jpg',
    price: '45.00',
    currency: 'GEL',
    ...overrides,
  };
}

/** The members of `aCustomer()` and `aVendor()`. */
export const CUSTOMER = memberOf(aCustomer());
export const VENDOR = memberOf(aVendor());

export function memberOf({ member }: Caller): Member {
  if (member === null) throw new Error('An admin is no member.');
  return member;
}

export function aHead(overrides: Partial<StoredHead> = {}): StoredHead {
  return { ...newHead(CUSTOMER, VENDOR, new Date(START_MS).toISOString()), ...overrides };
}

export function aMessage(overrides: Partial<StoredMessage> = {}): StoredMessage {
  return {
    roomId: aHead().roomId,
    seq: 1,
    id: randomUUID(),
    type: 'text',
    sender: CUSTOMER,
    senderName: 'ნინო',
    text: 'Is it dishwasher safe?',
    at: new Date(START_MS).toISOString(),
    ...overrides,
  };
}

export function aFile(overrides: Partial<Attachment> = {}): Attachment {
  return { key: 'k1', name: 'ჯამი.png', contentType: 'image/png', size: 48_211, ...overrides };
}

export function aConnection(overrides: Partial<Connection> = {}): Connection {
  return {
    member: CUSTOMER,
    connectionId: `${randomUUID().slice(0, 13)}=`,
    user: 'user',
    device: 'phone',
    since: new Date(START_MS - 60_000).toISOString(),
    expiresAt: START_MS / 1000 + 900,
    ...overrides,
  };
}

/** Of the room's first message, five minutes after it. */
export function aReminder(overrides: Partial<Reminder> = {}): Reminder {
  return {
    kind: 'unread',
    roomId: aHead().roomId,
    side: 'vendor',
    seq: 1,
    since: new Date(START_MS).toISOString(),
    dueAt: new Date(START_MS + 5 * 60_000).toISOString(),
    ...overrides,
  };
}

export function rulesWith(limits: Partial<Limits> = {}, productHosts: string[] = []): Rules {
  return { limits: { ...DEFAULT_LIMITS, ...limits }, productHosts };
}

/** Places to upload to: for members, of types and sizes that are let through, and so many an hour. */
import { describe, expect, it } from 'vitest';

import { createUpload, type UploadCommand } from '#core/attachments/upload.ts';
import { DEFAULT_LIMITS } from '#protocol/limits.ts';

import {
  aCustomer,
  aHead,
  anAdmin,
  aVendor,
  CUSTOMER,
  rulesWith,
  VENDOR,
} from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';

const { roomId } = aHead();
const aFileOf = (overrides: Partial<UploadCommand> = {}): UploadCommand => ({
  roomId,
  contentType: 'image/png',
  size: 48_211,
  ...overrides,
});

function scene(limits = {}) {
  const tables = new FakeTables();
  tables.putHead(aHead());
  const world = new World();
  return { tables, world, ports: portsOver(fakeStore(tables), world, rulesWith(limits)) };
}

describe('a place to upload to', () => {
  it.each([
    ['the customer', aCustomer(), CUSTOMER],
    ['the vendor', aVendor(), VENDOR],
  ])('is given to %s, for that file of that member and no other', async (_, caller, member) => {
    const { ports, world } = scene();
    expect(await createUpload(ports, caller, aFileOf())).toEqual({
      key: 'key-1',
      upload: { url: 'https://files.example', fields: { key: 'key-1' } },
    });
    expect(world.files.policies).toEqual([
      { key: 'key-1', roomId, member, contentType: 'image/png', size: 48_211 },
    ]);
  });

  it('is for the type itself, however it was declared', async () => {
    const { ports, world } = scene();
    await createUpload(ports, aCustomer(), aFileOf({ contentType: 'Text/Plain; charset=utf-8' }));
    expect(world.files.policies).toMatchObject([{ contentType: 'text/plain' }]);
  });

  it.each([
    ['a stranger', aCustomer({ user: 'stranger' }), {}],
    ['another vendor', aVendor({ vendorId: '8' }), {}],
    ['a member who names a room that does not exist', aCustomer(), { roomId: 'd-none' }],
  ])('is not given to %s, by the same answer', async (_, caller, changes) => {
    const { ports, world } = scene();
    const asked = createUpload(ports, caller, aFileOf(changes));
    await expect(asked).rejects.toThrow(
      expect.objectContaining({ code: 'not_found', details: {} }),
    );
    expect(world.files.policies).toEqual([]);
  });

  it('is not given to an admin', async () => {
    const asked = createUpload(scene().ports, anAdmin(), aFileOf());
    await expect(asked).rejects.toThrow(expect.objectContaining({ code: 'forbidden' }));
  });

  it.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/javascript', 'x'])(
    'is not given for %s',
    async (contentType) => {
      const asked = createUpload(scene().ports, aCustomer(), aFileOf({ contentType }));
      await expect(asked).rejects.toThrow(expect.objectContaining({ code: 'unsupported' }));
    },
  );

  it('may be as large as allowed, and not a byte larger', async () => {
    const { ports } = scene();
    const max = DEFAULT_LIMITS.maxAttachmentBytes;
    await createUpload(ports, aCustomer(), aFileOf({ size: max }));
    const larger = createUpload(ports, aCustomer(), aFileOf({ size: max + 1 }));
    await expect(larger).rejects.toThrow(expect.objectContaining({ code: 'too_large' }));
    const lowered = scene({ maxAttachmentBytes: 10 }).ports;
    await createUpload(lowered, aCustomer(), aFileOf({ size: 10 }));
    await expect(createUpload(lowered, aCustomer(), aFileOf({ size: 11 }))).rejects.toThrow(
      expect.objectContaining({ code: 'too_large' }),
    );
  });

  it('is given so many times an hour to each member, also at once', async () => {
    const { ports, world } = scene({ uploadsPerHour: 3 });
    const ask = (caller = aCustomer()) => createUpload(ports, caller, aFileOf());
    const asked = await Promise.allSettled([ask(), ask(), ask(), ask(), ask()]);
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await expect(ask()).rejects.toThrow(
      expect.objectContaining({ code: 'rate_limited', details: { retryAfter: 1200 } }),
    );
    await ask(aVendor());
    world.nowMs += 1_200_000;
    await ask();
    await expect(ask()).rejects.toThrow(expect.objectContaining({ code: 'rate_limited' }));
  });

  it('costs nothing where it is refused', async () => {
    const { ports, tables } = scene();
    await createUpload(ports, aCustomer(), aFileOf({ contentType: 'text/html' })).catch(() => {});
    expect(tables.quotas.size).toBe(0);
  });
});

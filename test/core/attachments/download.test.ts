/** Addresses of files: for members, of files that a message carries. */
import { describe, expect, it } from 'vitest';

import { getDownload } from '#core/attachments/download.ts';

import { aCustomer, aHead, anAdmin, aVendor, CUSTOMER } from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { anUpload } from '../../support/fake-files.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';

const { roomId } = aHead();

function scene() {
  const tables = new FakeTables();
  tables.putHead(aHead());
  const world = new World();
  world.files.pending.set('pending', anUpload({ roomId }));
  world.files.kept.set(`${roomId}/k1`, {
    member: CUSTOMER,
    messageId: 'm1',
    contentType: 'image/png',
    size: 1,
    etag: 'e',
    disposition: 'inline',
  });
  return portsOver(fakeStore(tables), world);
}

describe('the address of a file', () => {
  it.each([
    ['who sent it', aCustomer()],
    ['who got it', aVendor()],
  ])('is given to the member %s, for five minutes', async (_, caller) => {
    expect(await getDownload(scene(), caller, { roomId, key: 'k1' })).toEqual({
      url: `https://files.example/${roomId}/k1`,
      expiresAt: '2026-11-22T16:05:00.000Z',
    });
  });

  it.each([
    ['to a stranger', aCustomer({ user: 'stranger' }), { roomId, key: 'k1' }],
    [
      'to a stranger, of a key that does not exist',
      aVendor({ vendorId: '8' }),
      { roomId, key: 'x' },
    ],
    ['of a room that does not exist', aCustomer(), { roomId: 'd-none', key: 'k1' }],
    ['of a key that does not exist', aCustomer(), { roomId, key: 'k2' }],
    ['of an upload that no message carries', aCustomer(), { roomId, key: 'pending' }],
  ])('is not given %s, by the same answer', async (_, caller, place) => {
    await expect(getDownload(scene(), caller, place)).rejects.toThrow(
      expect.objectContaining({ code: 'not_found', details: {} }),
    );
  });

  it('is not given to an admin', async () => {
    await expect(getDownload(scene(), anAdmin(), { roomId, key: 'k1' })).rejects.toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    );
  });
});

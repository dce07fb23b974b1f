/** What is asked of the bucket, request by request, and how its answers are read. */
import type { GetObjectCommandOutput, HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  keepRequest,
  keptRequest,
  readUploadRequest,
  toKept,
  toUpload,
  uploadRequest,
} from '#runtime/objects/requests.ts';
import { customerMember } from '#protocol/ids.ts';

import { CUSTOMER } from '../../support/builders.ts';

const upload = {
  key: 'k1',
  roomId: 'd-1',
  member: CUSTOMER,
  contentType: 'image/png',
  size: 48_211,
} as const;
const file = {
  member: CUSTOMER,
  messageId: 'm1',
  contentType: 'image/png',
  size: 48_211,
  width: 4,
  height: 3,
};
const command = {
  roomId: 'd-1',
  key: 'k1',
  etag: '"e"',
  file,
  disposition: 'inline; filename="a"',
};

describe('a request', () => {
  it('for an upload fixes its key, type, owner, size to the byte, and a quarter of an hour', () => {
    expect(uploadRequest('b', upload)).toEqual({
      Bucket: 'b',
      Key: 'pending/k1',
      Fields: {
        'Content-Type': 'image/png',
        'x-amz-meta-member': encodeURIComponent(CUSTOMER),
        'x-amz-meta-room': 'd-1',
      },
      Conditions: [['content-length-range', 48_211, 48_211]],
      Expires: 900,
    });
  });

  it('for what an upload is reads no more than its beginning', () => {
    expect(readUploadRequest('b', 'k1')).toEqual({
      Bucket: 'b',
      Key: 'pending/k1',
      Range: 'bytes=0-131071',
    });
  });

  it('to keep a file names the bytes that were checked, and never replaces', () => {
    expect(keepRequest('b', command)).toEqual({
      Bucket: 'b',
      Key: 'rooms/d-1/k1',
      CopySource: 'b/pending/k1',
      CopySourceIfMatch: '"e"',
      IfNoneMatch: '*',
      MetadataDirective: 'REPLACE',
      ContentType: 'image/png',
      ContentDisposition: 'inline; filename="a"',
      CacheControl: 'private, max-age=300',
      Metadata: {
        member: encodeURIComponent(CUSTOMER),
        message: 'm1',
        width: '4',
        height: '3',
      },
    });
  });

  it('about a file names its room and key', () => {
    expect(keptRequest('b', { roomId: 'd-1', key: 'k1' })).toEqual({
      Bucket: 'b',
      Key: 'rooms/d-1/k1',
    });
  });
});

describe('an answer', () => {
  const output = (changes: object) => ({ $metadata: {}, ...changes }) as GetObjectCommandOutput;

  it('tells an upload’s whole size, also where only its beginning was read', () => {
    const read = (changes: object) => toUpload(output(changes), new Uint8Array()).size;
    expect(read({ ContentLength: 131_072, ContentRange: 'bytes 0-131071/5242880' })).toBe(
      5_242_880,
    );
    expect(read({ ContentLength: 7, ContentRange: 'bytes 0-6/7' })).toBe(7);
    expect(read({ ContentLength: 7 })).toBe(7);
  });

  it('gives back what was written, for any member', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 128 }), (user) => {
        const member = customerMember(user.toWellFormed());
        const asked = uploadRequest('b', { ...upload, member });
        const metadata = Object.entries(asked.Fields ?? {}).flatMap(([name, value]) =>
          name.startsWith('x-amz-meta-') ? [[name.slice(11), value]] : [],
        );
        expect(JSON.stringify(metadata)).toMatch(/^[\x20-\x7E]*$/u);
        const Metadata = Object.fromEntries(metadata);
        expect(toUpload(output({ Metadata }), new Uint8Array())).toMatchObject({
          member,
          roomId: 'd-1',
        });
        const kept = keepRequest('b', { ...command, file: { ...file, member } });
        const { Metadata: written, ContentType } = kept;
        const head = { Metadata: written, ContentType, ContentLength: file.size };
        expect(toKept(output(head) as HeadObjectCommandOutput)).toEqual({ ...file, member });
        // S3 takes 2 KB of metadata, names and values together.
        expect(JSON.stringify(written).length).toBeLessThan(2_048);
      }),
    );
  });

  it.each([[{}], [{ member: '%', room: '%E1' }]])(
    'that says nothing of its owner is nobody’s: %j',
    (Metadata) => {
      const read = toUpload(output({ Metadata }), new Uint8Array());
      expect([read.member, read.roomId]).toEqual(['', '']);
      expect(toKept(output({ Metadata }) as HeadObjectCommandOutput).member).toBe('');
    },
  );
});

/** The files a message names, before anybody looked at one. */
import { describe, expect, it } from 'vitest';

import { checkWishes, draftAttachments, isSameFiles } from '#core/attachments/draft.ts';
import { DEFAULT_LIMITS } from '#protocol/limits.ts';

import { aFile } from '../../support/builders.ts';

const wishes = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ key: `k${n}`, name: 'a.png' }));

describe('wishes', () => {
  it('may be as many as the deployment allows, and not one more', () => {
    checkWishes(wishes(10), DEFAULT_LIMITS);
    checkWishes(wishes(2), { ...DEFAULT_LIMITS, maxAttachments: 2 });
    expect(() => checkWishes(wishes(11), DEFAULT_LIMITS)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        details: {
          errors: [{ path: 'message.attachments', message: 'must have at most 10 items' }],
        },
      }),
    );
    expect(() => checkWishes(wishes(3), { ...DEFAULT_LIMITS, maxAttachments: 2 })).toThrow(
      expect.objectContaining({ code: 'invalid' }),
    );
  });

  it.each(['../k', 'a/b', 'a b', '', 'ა', 'a.b', 'k\n', 'k'.repeat(129)])(
    'with %j, which is no key, are refused by its place',
    (key) => {
      const named = [...wishes(1), { key, name: 'a' }];
      expect(() => checkWishes(named, DEFAULT_LIMITS)).toThrow(
        expect.objectContaining({
          details: {
            errors: [
              {
                path: 'message.attachments.1.key',
                message: 'is no upload of yours for this room',
              },
            ],
          },
        }),
      );
    },
  );

  it('with one key twice are refused', () => {
    expect(() => checkWishes([...wishes(2), ...wishes(1)], DEFAULT_LIMITS)).toThrow(
      expect.objectContaining({
        details: {
          errors: [{ path: 'message.attachments.2.key', message: 'stands here twice' }],
        },
      }),
    );
  });
});

describe('drafts', () => {
  it('have clean names, and are at least as long as what will be stored', () => {
    const [draft] = draftAttachments([{ key: 'k1', name: 'C:\\a\u202E.png', width: 4, height: 3 }]);
    expect(draft).toMatchObject({ key: 'k1', name: 'a.png', width: 4, height: 3 });
    expect(draft?.contentType.length).toBeGreaterThanOrEqual(73);
    expect(String(draft?.size).length).toBeGreaterThanOrEqual(16);
  });
});

describe('the files of a retry', () => {
  it('are the same where a type added an extension to the stored name', () => {
    const stored = [aFile({ name: 'bill.exe.png' })];
    expect(isSameFiles(stored, draftAttachments([{ key: 'k1', name: 'bill.exe' }]))).toBe(true);
    expect(isSameFiles(stored, draftAttachments([{ key: 'k1', name: 'bill.exe.png' }]))).toBe(true);
    expect(isSameFiles(stored, draftAttachments([{ key: 'k1', name: 'bill' }]))).toBe(false);
  });

  it('are the same where there are none', () => {
    expect(isSameFiles(undefined, undefined)).toBe(true);
    expect(isSameFiles([aFile()], undefined)).toBe(false);
    expect(isSameFiles(undefined, [aFile()])).toBe(false);
  });
});

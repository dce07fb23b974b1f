/** A field that does not fit is reported in words that help, for every kind of mistake that an integrator makes. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

import { ChatError } from '../../lib/protocol/errors.ts';
import { parse } from '../../lib/protocol/parse.ts';

const schema = z.object({
  name: z.string().check(z.minLength(2), z.maxLength(3)),
  seq: z.int().check(z.gte(1), z.lte(9)),
  on: z.boolean(),
  list: z.array(z.string()).check(z.minLength(1), z.maxLength(2)),
  status: z.enum(['open', 'closed']),
  message: z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text: z.string() }),
    z.object({ type: z.literal('file') }),
  ]),
  own: z.string().check(z.minLength(2, 'must not be blank')),
  either: z.union([z.string(), z.number()]),
});

const FITS = {
  name: 'abc',
  seq: 1,
  on: true,
  list: ['a'],
  status: 'open',
  message: { type: 'file' },
  own: 'ab',
  either: 1,
};

/** `path message` of each error of an object that fits but for these fields. */
function complaints(wrong: Record<string, unknown>): string[] {
  try {
    parse(schema, { ...FITS, ...wrong });
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    return (error.details.errors ?? []).map(({ path, message }) => `${path} ${message}`);
  }
  return [];
}

describe('the words for a field that does not fit', () => {
  it('are none where all fits', () => {
    expect(complaints({})).toEqual([]);
  });

  it.each([
    [{ name: undefined }, 'name is missing'],
    [{ status: undefined }, 'status is missing'],
    [{ name: 7 }, 'name must be a text'],
    [{ name: null }, 'name must be a text'],
    [{ seq: 'x' }, 'seq must be a number'],
    [{ seq: 1.5 }, 'seq must be a whole number'],
    [{ on: 'yes' }, 'on must be true or false'],
    [{ list: {} }, 'list must be a list'],
    [{ message: [] }, 'message must be an object'],
    [{ name: 'a' }, 'name must have at least 2 characters'],
    [{ name: 'abcd' }, 'name must have at most 3 characters'],
    [{ seq: 0 }, 'seq must be at least 1'],
    [{ seq: 10 }, 'seq must be at most 9'],
    [{ list: [] }, 'list must not be empty'],
    [{ list: ['a', 'b', 'c'] }, 'list must have at most 2 entries'],
    [{ status: 'done' }, 'status must be one of open, closed'],
    [{ message: { type: 'txt' } }, 'message.type must be one of text, file'],
    [{ message: { type: 'text' } }, 'message.text is missing'],
    [{ own: '' }, 'own must not be blank'],
    [{ either: true }, 'either does not fit'],
  ])('say of %j that %s', (wrong, complaint) => {
    expect(complaints(wrong)).toEqual([complaint]);
  });
});

/** What messages do to a room's status and marks. */
import { describe, expect, it } from 'vitest';

import { readersBefore, readThrough, statusBy } from '#core/system/effects.ts';

import { aHead, aMessage } from '../../support/builders.ts';

const aSystem = (event: string, seq = 4) => {
  const { sender: _sender, ...rest } = aMessage({ seq, type: 'system' });
  return { ...rest, system: { event, params: {} } };
};

describe('the status by a message', () => {
  it.each([
    ['a member’s opens', aMessage(), 'open'],
    ['closed closes', aSystem('closed'), 'closed'],
    ['reopened opens', aSystem('reopened'), 'open'],
    ['away leaves it', aSystem('away'), undefined],
    ['what a later version says leaves it', aSystem('toString'), undefined],
  ])('%s', (_name, message, expected) => {
    expect(statusBy(message)).toBe(expected);
  });
});

describe('who has read a message as it comes', () => {
  it.each([
    ['of the system’s', { customer: 3, vendor: 2 }, null, ['customer']],
    ['of the system’s, both', { customer: 3, vendor: 4 }, null, ['customer', 'vendor']],
    ['of a member’s, its sender', { customer: 3, vendor: 3 }, 'vendor' as const, ['vendor']],
    ['of a member’s, nobody', { customer: 3, vendor: 2 }, 'vendor' as const, []],
  ])('is who had read all before it: %s', (_name, read, from, expected) => {
    expect(readersBefore(read, 4, from)).toEqual(expected);
  });
});

describe('a read mark', () => {
  it.each([
    ['goes through the system messages at the end', { said: 3, seq: 5 }, 3, 5],
    ['stays where something unread follows', { said: 4, seq: 5 }, 3, 3],
    ['stays beyond a summary that lags', { said: 3, seq: 5 }, 7, 7],
    ['stays where nothing is known', { seq: 5 }, 3, 3],
  ])('%s', (_name, overrides, seq, expected) => {
    expect(readThrough(aHead(overrides), seq)).toBe(expected);
  });
});

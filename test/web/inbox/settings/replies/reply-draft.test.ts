/** A saved reply as it is typed. */
import { describe, expect, it } from 'vitest';

import type { SavedReply } from '#protocol/vendor.ts';

import {
  bodyOf,
  checkReply,
  insertedAt,
  isFound,
  movedUp,
} from '../../../../../web/inbox/settings/replies/reply-draft.ts';

const reply = (shortcut: string, ...messages: string[]): SavedReply => ({
  replyId: shortcut,
  shortcut,
  messages,
  updatedAt: '2026-11-22T10:00:00.000Z',
});

it('is saved trimmed, and without the slash that somebody typed', () => {
  expect(bodyOf({ shortcut: ' /glaze ', messages: [' Yes. ', 'Bye'] })).toEqual({
    shortcut: 'glaze',
    messages: ['Yes.', 'Bye'],
  });
});

describe('the form finds', () => {
  it.each([
    ['no shortcut', { shortcut: '', messages: ['a'] }, [['shortcut', 'blank']]],
    [
      'a shortcut of another reply',
      { shortcut: 'GLAZE', messages: ['a'] },
      [['shortcut', 'taken']],
    ],
    ['an empty message', { shortcut: 'x', messages: ['a', ''] }, [['messages.1', 'blank']]],
    ['nothing', { shortcut: 'x', messages: ['a'] }, []],
  ])('%s', (_, body, expected) => {
    const problems = checkReply(body, [reply('glaze', 'Safe.')]);
    expect(problems.map(({ path, code }) => [path, code])).toEqual(expected);
  });
});

it.each([
  [1, ['b', 'a', 'c']],
  [2, ['a', 'c', 'b']],
  [0, ['a', 'b', 'c']],
  [3, ['a', 'b', 'c']],
])('moves message %i a place up', (index, expected) => {
  expect(movedUp(['a', 'b', 'c'], index)).toEqual(expected);
});

it('puts a variable where the cursor is, over what is selected', () => {
  expect(insertedAt('Hello !', '{{customer}}', { start: 6, end: 6 })).toBe('Hello {{customer}}!');
  expect(insertedAt('Hello you!', '{{customer}}', { start: 6, end: 9 })).toBe(
    'Hello {{customer}}!',
  );
});

it.each([
  ['', true],
  ['/gla', true],
  ['SAFE', true],
  ['mug', false],
])('is found by %j: %s', (query, expected) => {
  expect(isFound(reply('glaze', 'Food safe.'), query)).toBe(expected);
});

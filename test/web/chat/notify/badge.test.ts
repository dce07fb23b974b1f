/** The title of a tab with unread messages. */
import { expect, it } from 'vitest';

import { titleWith } from '../../../../web/chat/notify/badge.ts';

it.each([
  [0, 'Inbox'],
  [-1, 'Inbox'],
  [1, '(1) Inbox'],
  [99, '(99) Inbox'],
  [100, '(99+) Inbox'],
])('with %i unread messages the title is %j', (unread, expected) => {
  expect(titleWith('Inbox', unread)).toBe(expected);
});

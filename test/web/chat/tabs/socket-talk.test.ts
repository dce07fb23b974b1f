import { describe, expect, it } from 'vitest';

import { kindOf, parseTalk } from '../../../../web/chat/tabs/socket-talk.ts';

describe('what tabs say of their socket', () => {
  it.each([
    { type: 'hello', tab: 'a' },
    { type: 'open' },
    { type: 'gone', isFree: true },
    { type: 'in', text: '{}' },
  ])('is understood: %o', (talk) => {
    expect(parseTalk(talk)).toBe(talk);
  });

  it.each([
    null,
    'open',
    {},
    { type: 7 },
    { type: 'constructor' },
    { type: 'hello' },
    { type: 'gone', isFree: 'yes' },
    { type: 'in', text: null },
  ])('of another version is passed over: %o', (talk) => {
    expect(parseTalk(talk)).toBe(null);
  });

  it.each([
    [{ action: 'read', ref: '1' }, 'asks'],
    [{ action: 'react', ref: '1' }, 'asks'],
    [{ action: 'send', ref: '1' }, 'sends'],
    [{ action: 'typing', typing: true }, 'tells'],
    [{ action: 'ping', ref: 'probe' }, 'tells'],
  ])('sorts the frame %o: it %s', (frame, kind) => {
    expect(kindOf(JSON.stringify(frame))).toBe(kind);
  });
});

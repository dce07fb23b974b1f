/** The addresses of the customer's conversations. */
import { describe, expect, it } from 'vitest';

import { pathOfRoom, roomOfPath } from '../../../../web/react/page/room-path.ts';

describe('the address of a conversation', () => {
  it.each([
    ['/chat', null, '/chat'],
    ['/chat', 'd-7Zk1', '/chat/d-7Zk1'],
    ['/shop/messages/', 'd-7Zk1', '/shop/messages/d-7Zk1'],
    ['/', null, '/'],
    ['/', 'd-7Zk1', '/d-7Zk1'],
    ['/chat', 'a/b ?#', '/chat/a%2Fb%20%3F%23'],
  ])('below %s, of %s, is %s and leads back', (basePath, roomId, path) => {
    expect(pathOfRoom(basePath, roomId)).toBe(path);
    expect(roomOfPath(basePath, path)).toBe(roomId);
  });

  it.each(['/', '/product/d-7Zk1', '/chat/a/b', '/chat/%E0%A4%A'])('%s is of none', (path) => {
    expect(roomOfPath('/chat', path)).toBeNull();
  });
});

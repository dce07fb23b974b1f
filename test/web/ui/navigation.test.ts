/** The patterns of the router. */
import { describe, expect, it } from 'vitest';

import { matchPath } from '../../../web/ui/navigation.tsx';

describe('matchPath', () => {
  it.each([
    ['/', '/', {}],
    ['/product/:id', '/product/blue-bowl', { id: 'blue-bowl' }],
    ['/product/:id', '/product/blue-bowl/', { id: 'blue-bowl' }],
    ['/inbox/:roomId', '/inbox/d-7Zk1%20x', { roomId: 'd-7Zk1 x' }],
  ])('%s fits %s', (pattern, path, params) => {
    expect(matchPath(pattern, path)).toEqual(params);
  });

  it.each([
    ['/', '/product'],
    ['/product/:id', '/product'],
    ['/product/:id', '/product/'],
    ['/product/:id', '/product/a/b'],
    ['/product/:id', '/Product/a'],
    ['/product/:id', '/product/%E0%A4%A'],
  ])('%s does not fit %s', (pattern, path) => {
    expect(matchPath(pattern, path)).toBeNull();
  });
});

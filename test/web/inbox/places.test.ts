import { describe, expect, it } from 'vitest';

import { aboutPath, placeOf, roomPath } from '../../../web/inbox/places.ts';

describe('an address of the inbox', () => {
  it.each([
    ['/inbox', { kind: 'list' }],
    ['/inbox/', { kind: 'list' }],
    ['/inbox/settings', { kind: 'settings' }],
    ['/inbox/settings/hours', { kind: 'settings' }],
    ['/inbox/d-1', { kind: 'room', roomId: 'd-1', isAbout: false }],
    ['/inbox/d-1/about', { kind: 'room', roomId: 'd-1', isAbout: true }],
    ['/inbox/d-1/else', { kind: 'list' }],
    ['/inbox/%zz', { kind: 'list' }],
  ])('%s is %j', (path, expected) => {
    expect(placeOf(path)).toEqual(expected);
  });

  it('leads back to its room', () => {
    const roomId = 'd-a/b?c';
    expect(placeOf(roomPath(roomId))).toMatchObject({ roomId, isAbout: false });
    expect(placeOf(aboutPath(roomId))).toMatchObject({ roomId, isAbout: true });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Echoes } from '#client/wire/echoes.ts';

/** What is passed on of what two sockets bring. */
function passedOn(heard: readonly (readonly [socket: number, text: string])[], sockets = 2) {
  const echoes = new Echoes(() => sockets);
  return heard.filter(([socket, text]) => !echoes.isEcho(socket, text)).map(([, text]) => text);
}

describe('echoes', () => {
  it('are what the other of two sockets brought already', () => {
    expect(
      passedOn([
        [1, 'a'],
        [2, 'a'],
        [2, 'b'],
        [1, 'b'],
      ]),
    ).toEqual(['a', 'b']);
  });

  it('do not exist where one socket hears alone, also after there were two', () => {
    let sockets = 2;
    const echoes = new Echoes(() => sockets);
    echoes.isEcho(1, 'a');
    sockets = 1;
    expect(echoes.isEcho(2, 'a')).toBe(false);
    sockets = 2;
    expect(echoes.isEcho(1, 'a')).toBe(false);
  });

  it('leave each of a row of equal pushes once, however the two sockets interleave', () => {
    const pushes = fc.array(fc.constantFrom('typing', 'typed', 'read'), { maxLength: 20 });
    const order = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(pushes, order, (texts, turns) => {
        const queues: [string[], string[]] = [[...texts], [...texts]];
        const heard: [number, string][] = [];
        for (const isFirst of [...turns, ...Array(20).fill(true), ...Array(20).fill(false)]) {
          const text = queues[isFirst ? 0 : 1].shift();
          if (text !== undefined) heard.push([isFirst ? 0 : 1, text]);
        }
        expect(passedOn(heard)).toEqual(texts);
      }),
    );
  });
});

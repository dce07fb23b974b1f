import { describe, expect, it } from 'vitest';

import { createTokens } from '#client/wire/tokens.ts';

import { FakeClock } from '../../support/fake-ports.ts';

function jwt(claims: object): string {
  const part = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `e30.${part}.x`;
}

function setUp(claims: (call: number) => object) {
  const clock = new FakeClock();
  let calls = 0;
  const tokens = createTokens({
    fetchToken: async () => jwt(claims(calls++)),
    ports: clock,
    onFirst: () => {},
  });
  return { clock, tokens, calls: () => calls };
}

const secondsFrom = (clock: FakeClock, seconds: number) => clock.now() / 1000 + seconds;

describe('tokens', () => {
  it('are asked for one at a time', async () => {
    const { tokens, calls } = setUp(() => ({ sub: '1' }));
    const [first, second] = await Promise.all([tokens.get(), tokens.get()]);
    expect([first, calls()]).toEqual([second, 1]);
  });

  it('are renewed a minute before they end', async () => {
    const clock = new FakeClock();
    let calls = 0;
    const fetchToken = async () => jwt({ n: calls++, exp: secondsFrom(clock, 3600) });
    const tokens = createTokens({ fetchToken, ports: clock, onFirst: () => {} });
    await tokens.get();
    clock.nowMs += 3_539_000;
    await tokens.get();
    expect(calls).toBe(1);
    clock.nowMs += 2_000;
    await tokens.get();
    expect(calls).toBe(2);
  });

  it('are renewed a minute before they end by a clock that is ten minutes slow', async () => {
    const clock = new FakeClock();
    const issued = (seconds: number) => secondsFrom(clock, 600 + seconds);
    let calls = 0;
    const fetchToken = async () => jwt({ n: calls++, iat: issued(0), exp: issued(300) });
    const tokens = createTokens({ fetchToken, ports: clock, onFirst: () => {} });
    await tokens.get();
    clock.nowMs += 239_000;
    await tokens.get();
    expect(calls).toBe(1);
    clock.nowMs += 2_000;
    await tokens.get();
    expect(calls).toBe(2);
  });

  it('are replaced when the server refused them, and only then', async () => {
    const { tokens, calls } = setUp((n) => ({ n }));
    const first = await tokens.get();
    const second = await tokens.get(first.text);
    expect(second.text).not.toBe(first.text);
    expect(await tokens.get(first.text)).toBe(second);
    expect(calls()).toBe(2);
  });

  it('that seem to have ended are used: this clock may be wrong', async () => {
    const { tokens, calls } = setUp(() => ({ exp: 1 }));
    await tokens.get();
    await tokens.get();
    expect(calls()).toBe(1);
  });

  it.each([
    [{ sub: '42', role: 'customer', name: 'ნინო' }, 'customer', 'customer:42', 'ნინო'],
    [
      { sub: 'a', role: 'vendor', vendor_id: '7', vendor_name: 'Shop', name: 'Ana' },
      'vendor',
      'vendor:7',
      'Shop',
    ],
    [{ sub: 'a', role: 'vendor' }, 'vendor', null, null],
    [{ sub: 'a', role: 'admin' }, 'admin', null, null],
    [
      { sub: 'a', 'cognito:groups': ['admin', 'vendor'], vendor_id: '7' },
      'vendor',
      'vendor:7',
      null,
    ],
  ])('with %o tell who I am', async (claims, role, member, name) => {
    const { tokens } = setUp(() => claims);
    const person = 'name' in claims ? claims.name : null;
    const identity = { role, member, name, user: claims.sub, person };
    expect((await tokens.get()).identity).toEqual(identity);
  });

  it('say what is wrong with the callback', async () => {
    const clock = new FakeClock();
    const withCallback = (fetchToken: () => Promise<string>) =>
      createTokens({ fetchToken, ports: clock, onFirst: () => {} }).get();
    await expect(withCallback(async () => 'x')).rejects.toMatchObject({ code: 'unauthorized' });
    const failing = withCallback(async () => {
      throw new Error('shop down');
    });
    await expect(failing).rejects.toMatchObject({ code: 'unavailable' });
    const silent = withCallback(() => new Promise(() => {}));
    const late = silent.catch(String);
    await clock.advance(20_000);
    expect(await late).toContain('within 20 s');
  });
});

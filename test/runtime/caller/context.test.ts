/** A caller survives the gateway's flat record, which turns everything into text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Caller } from '#core/access.ts';
import { fromContext, toContext } from '#runtime/caller/context.ts';

const asGatewayHas = (context: object) =>
  Object.fromEntries(Object.entries(context).map(([key, value]) => [key, String(value)]));

const vendor: Caller = {
  member: 'vendor:7',
  user: 'ana',
  role: 'vendor',
  name: 'Ana',
  vendorName: 'Tbilisi Ceramics',
  device: 'desk',
  expiresAtMs: 2_000,
};

describe('the context of a caller', () => {
  it('comes back as it went, with the connection', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, fc.option(text, { nil: undefined }), (user, name, picture) => {
        const caller: Caller = {
          member: `customer:${user}`,
          user,
          role: 'customer',
          name,
          expiresAtMs: 2_000,
          ...(picture === undefined ? {} : { picture }),
        };
        expect(fromContext(asGatewayHas(toContext(caller)), 'C=', 1_000)).toEqual({
          ...caller,
          connectionId: 'C=',
        });
      }),
    );
    expect(fromContext(asGatewayHas(toContext(vendor)), 'C=', 0)).toMatchObject(vendor);
  });

  it.each([[2_000], [2_001], [Number.MAX_SAFE_INTEGER]])('has ended at %d', (now) => {
    expect(() => fromContext(asGatewayHas(toContext(vendor)), 'C=', now)).toThrow(
      expect.objectContaining({ code: 'token_expired' }),
    );
  });

  it.each([
    ['nothing', undefined, 'unauthorized'],
    ['another authorizer', { principalId: 'x' }, 'unauthorized'],
    ['an unknown role', { user: 'x', role: 'root', expiresAtMs: '9' }, 'unauthorized'],
    ['no end', { user: 'x', role: 'customer' }, 'token_expired'],
    [
      'an end that is no number',
      { user: 'x', role: 'customer', expiresAtMs: 'x' },
      'token_expired',
    ],
  ])('of %s is refused', (_, context, code) => {
    expect(() => fromContext(context, 'C=', 0)).toThrow(expect.objectContaining({ code }));
  });
});

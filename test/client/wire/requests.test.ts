import { describe, expect, it } from 'vitest';

import type { FetchPort } from '#client/ports.ts';
import { createRequests } from '#client/wire/requests.ts';
import type { Token } from '#client/wire/tokens.ts';

import { FakeClock } from '../../support/fake-ports.ts';

const identity = {
  role: 'customer',
  member: 'customer:42',
  name: null,
  user: '42',
  person: null,
} as const;

function setUp(answer: (url: string, init: Parameters<FetchPort>[1]) => ReturnType<FetchPort>) {
  const clock = new FakeClock();
  const asked: { url: string; init: Parameters<FetchPort>[1] }[] = [];
  const requests = createRequests({
    api: 'https://chat.example/v1/',
    device: 'phone',
    tokens: {
      get: async (refused): Promise<Token> => ({
        text: refused === undefined ? 'first' : 'second',
        renewAtMs: 0,
        session: null,
        identity,
      }),
    },
    ports: {
      after: clock.after,
      fetch: (url, init) => {
        asked.push({ url, init });
        return answer(url, init);
      },
    },
  });
  return { clock, requests, asked };
}

function response(status: number, body: unknown, retryAfter: string | null = null) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return Promise.resolve({ status, headers: { get: () => retryAfter }, text: async () => text });
}

describe('requests', () => {
  it('carry token and device, and encode what stands in the path', async () => {
    const { requests, asked } = setUp(() => response(200, { items: [] }));
    await requests.listMessages('a/b?', { after: 3 }, 100);
    expect(asked[0]?.url).toBe('https://chat.example/v1/rooms/a%2Fb%3F/messages?after=3&limit=100');
    expect(asked[0]?.init.headers).toMatchObject({
      authorization: 'Bearer first',
      'parley-device': 'phone',
    });
  });

  it('send after only where it is known', async () => {
    const { requests, asked } = setUp(() => response(201, {}));
    const message = { id: 'x', type: 'text', text: 'hi' } as const;
    await requests.sendMessage('r', message, null);
    await requests.sendMessage('r', message, 0);
    const bodies = asked.map(({ init }) => JSON.parse(init.body ?? ''));
    expect(bodies).toEqual([message, { ...message, after: 0 }]);
  });

  it.each(['token_expired', 'unauthorized'])('replace a token once that is %s', async (code) => {
    const { requests, asked } = setUp((_, init) =>
      init.headers.authorization === 'Bearer second'
        ? response(200, { rooms: 0, messages: 0 })
        : response(401, { code }),
    );
    await requests.countUnread();
    expect(asked).toHaveLength(2);
    const { requests: hopeless, asked: twice } = setUp(() => response(401, { code }));
    await expect(hopeless.countUnread()).rejects.toMatchObject({ code });
    expect(twice).toHaveLength(2);
  });

  it.each([
    [
      400,
      { code: 'invalid', detail: 'No.', errors: [{ path: 'text', message: 'blank' }] },
      'invalid',
    ],
    [409, { code: 'behind' }, 'behind'],
    [403, { message: 'Forbidden' }, 'forbidden'],
    [404, { message: 'Not Found' }, 'not_found'],
    [413, '<html>', 'too_large'],
    [429, { message: 'Too Many Requests' }, 'rate_limited'],
    [503, '<html>', 'unavailable'],
    [418, 'x', 'invalid'],
    [500, { code: 'internal' }, 'internal'],
    [200, 'no json', 'unavailable'],
  ])('turn %i with %o into %s', async (status, body, code) => {
    const { requests } = setUp(() => response(status, body));
    await expect(requests.getRoom('r')).rejects.toMatchObject({ code });
  });

  it('take the delay from the body, else from the header', async () => {
    const { requests } = setUp(() => response(429, { code: 'rate_limited', retryAfter: 4 }, '9'));
    await expect(requests.getRoom('r')).rejects.toMatchObject({ details: { retryAfter: 4 } });
    const { requests: bare } = setUp(() => response(429, '', '9'));
    await expect(bare.getRoom('r')).rejects.toMatchObject({ details: { retryAfter: 9 } });
  });

  it('say what to check when nothing can be reached, and end at the deadline', async () => {
    const { requests } = setUp(() => Promise.reject(new TypeError('fetch failed')));
    await expect(requests.getRoom('r')).rejects.toThrow('CORS');
    const { requests: slow, clock } = setUp(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    const late = slow.getRoom('r').catch(String);
    await clock.advance(12_000);
    expect(await late).toContain('within 12 s');
    expect(clock.pending).toBe(0);
  });
});

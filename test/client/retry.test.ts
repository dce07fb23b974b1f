import { describe, expect, it } from 'vitest';

import { Retries } from '#client/retry.ts';
import { ChatError, type ErrorCode } from '#protocol/errors.ts';

import { FakeClock, settled } from '../support/fake-ports.ts';

/** Tries that fail as told, one after the other, and then succeed. */
function setUp(...fates: (ErrorCode | Error | { retryAfter: number })[]) {
  const clock = new FakeClock();
  const triedAtMs: number[] = [];
  const retries = new Retries({ after: clock.after, random: () => 0.5 });
  const startMs = clock.now();
  const attempt = async () => {
    triedAtMs.push(clock.now() - startMs);
    const fate = fates.shift();
    if (fate instanceof Error) throw fate;
    if (typeof fate === 'object') throw new ChatError('rate_limited', fate);
    if (fate) throw new ChatError(fate);
    return 'done';
  };
  const outcome = retries.run(attempt).catch((error: unknown) => error);
  return { clock, retries, triedAtMs, outcome };
}

describe('retries', () => {
  it('go on with growing pauses until it works', async () => {
    const { clock, triedAtMs, outcome } = setUp('unavailable', 'internal');
    await clock.advance(10_000);
    expect(await outcome).toBe('done');
    expect(triedAtMs).toEqual([0, 600, 1_700]);
    expect(clock.pending).toBe(0);
  });

  it('end after five tries with the last reason', async () => {
    const { clock, triedAtMs, outcome } = setUp(...Array<ErrorCode>(9).fill('unavailable'));
    await clock.advance(120_000);
    expect(await outcome).toMatchObject({ code: 'unavailable' });
    expect(triedAtMs).toHaveLength(5);
  });

  it.each<ErrorCode>(['forbidden', 'invalid', 'not_found', 'conflict', 'too_large'])(
    'do not repeat what is refused as %s',
    async (code) => {
      const { triedAtMs, outcome } = setUp(code);
      expect(await outcome).toMatchObject({ code });
      expect(triedAtMs).toHaveLength(1);
    },
  );

  it('wait as long as the server says, but nobody waits for more than a minute', async () => {
    const { clock, triedAtMs, outcome } = setUp({ retryAfter: 7 }, { retryAfter: 61 });
    await clock.advance(8_000);
    expect(await outcome).toMatchObject({ code: 'rate_limited' });
    expect(triedAtMs).toEqual([0, 7_000]);
  });

  it('take what is no refusal for a fault, and try again', async () => {
    const { clock, outcome } = setUp(new TypeError('broken'));
    await clock.advance(5_000);
    expect(await outcome).toBe('done');
  });

  it('end with the client, and nothing waits any more', async () => {
    const { clock, retries, triedAtMs, outcome } = setUp('unavailable', 'unavailable');
    await settled();
    retries.close();
    expect(await outcome).toMatchObject({ code: 'unavailable' });
    expect(triedAtMs).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});

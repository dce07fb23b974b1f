/** A log's place in a simulated page: whatever comes and goes, what one reads stays where it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LogPlace } from '../../../../../web/ui/conversation/log/log-place.ts';
import { FakePage, upTo, VIEW_PX } from '../../../../support/fake-log-page.ts';

/** A page whose log keeps every place already. */
async function placed(seqs: readonly number[]): Promise<FakePage> {
  const page = new FakePage(seqs, async () => LogPlace);
  page.keeper.prepare();
  await Promise.resolve();
  await Promise.resolve();
  return page;
}

describe('the place in a log', () => {
  it('begins at the end, with few rows', async () => {
    const page = await placed(upTo(1, 5_000));
    expect(page.scrollTop).toBe(page.end);
    expect(page.shown.at(-1)?.seq).toBe(5_000);
    expect(page.shown.length).toBeLessThan(60);
    expect(page.keeper.getState().isAtEnd).toBe(true);
  });

  it('holds what one reads while page after page comes above', async () => {
    const page = await placed(upTo(4_951, 5_000));
    for (let first = 4_951; first > 1; first -= 50) {
      page.scrollTo(0);
      const seq = page.read;
      const before = page.topOf(seq);
      page.show(upTo(Math.max(1, first - 50), 5_000));
      expect(Math.abs((page.topOf(seq) ?? NaN) - (before ?? NaN))).toBeLessThanOrEqual(1);
      expect(page.shown.length).toBeLessThan(120);
    }
  });

  it('stays at the end for what arrives there, and counts it for who reads above', async () => {
    const page = await placed(upTo(1, 200));
    page.show(upTo(1, 201));
    expect(page.scrollTop).toBe(page.end);
    page.scrollTo(page.end - 500);
    const seq = page.read;
    const before = page.topOf(seq);
    page.show(upTo(1, 203));
    expect(page.topOf(seq)).toBe(before);
    expect(page.keeper.getState()).toMatchObject({ isAtEnd: false, missed: 2 });
    page.keeper.toEnd();
    expect(page.scrollTop).toBe(page.end);
    expect(page.keeper.getState()).toMatchObject({ isAtEnd: true, missed: 0 });
  });

  it('goes to the end for what one sends oneself', async () => {
    const page = await placed(upTo(1, 200));
    page.scrollTo(100);
    page.show(upTo(1, 201), true);
    expect(page.scrollTop).toBe(page.end);
    expect(page.shown.at(-1)?.seq).toBe(201);
  });

  it('holds what one reads when rows above and below change their height', async () => {
    const page = await placed(upTo(1, 300));
    page.scrollTo(page.end - 900);
    const seq = page.read;
    const before = page.topOf(seq);
    for (const { key, seq: other } of page.shown) {
      if (other !== null && other !== seq) page.heights.set(key, 111);
    }
    page.keeper.settle();
    expect(page.topOf(seq)).toBe(before);
  });

  it('shows a message that is asked for, in the middle, and also when it comes later', async () => {
    const page = await placed(upTo(4_951, 5_000));
    const shown: number[] = [];
    await page.keeper.show(3, () => shown.push(3));
    expect(shown).toEqual([]);
    page.show(upTo(1, 5_000));
    expect(shown).toEqual([3]);
    expect(page.topOf(3)).toBeGreaterThanOrEqual(0);
    expect(page.topOf(3)).toBeLessThan(VIEW_PX);
    await page.keeper.show(2_500, () => shown.push(2_500));
    expect(shown).toEqual([3, 2_500]);
    const { height } = { height: page.heights.get('m2500') ?? 0 };
    expect(Math.abs((page.topOf(2_500) ?? 0) + height / 2 - VIEW_PX / 2)).toBeLessThanOrEqual(1);
  });

  it('waits no longer for a message that is not to be had', async () => {
    const page = await placed(upTo(51, 100));
    await page.keeper.show(3, () => expect.unreachable());
    page.keeper.giveUp(3);
    page.show(upTo(1, 100));
    expect(page.scrollTop).toBe(page.end);
  });

  it('always has rows for what is in sight, however one scrolls, and never many', async () => {
    const steps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(steps, async (parts) => {
        const page = await placed(upTo(1, 1_000));
        for (const part of parts) {
          page.scrollTo(page.end * part);
          const seen = page.shown.filter(({ seq }) => {
            const top = seq === null ? null : page.topOf(seq);
            return top !== null && top < VIEW_PX && top > -250;
          });
          expect(seen.length).toBeGreaterThan(0);
          expect(page.shown.length).toBeLessThan(140);
        }
      }),
      { numRuns: 40 },
    );
  });
});

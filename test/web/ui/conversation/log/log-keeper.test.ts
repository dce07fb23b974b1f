/** A log at its end, and how it comes to keep any other place: by code that is fetched then. */
import { expect, it } from 'vitest';

import type { LoadPlace } from '../../../../../web/ui/conversation/log/log-keeper.ts';
import { LogPlace } from '../../../../../web/ui/conversation/log/log-place.ts';
import { FakePage, upTo, VIEW_PX } from '../../../../support/fake-log-page.ts';

/** A page whose code for places comes when the test says so; each load is answered in turn. */
function begin(seqs: readonly number[]) {
  const loads: PromiseWithResolvers<typeof LogPlace>[] = [];
  const load: LoadPlace = () => {
    const loading = Promise.withResolvers<typeof LogPlace>();
    loads.push(loading);
    return loading.promise;
  };
  const page = new FakePage(seqs, load);
  const come = async () => {
    loads.at(-1)?.resolve(LogPlace);
    await flushed();
  };
  const fail = async () => {
    loads.at(-1)?.reject(new Error('It did not come.'));
    await flushed();
  };
  return { page, loads, come, fail };
}

const flushed = () => new Promise((resolve) => setTimeout(resolve, 0));

it('begins at the end with few rows, stays there for what arrives, and fetches nothing', () => {
  const { page, loads } = begin(upTo(1, 100));
  expect(page.shown).toHaveLength(40);
  page.show(upTo(1, 103));
  expect(page.scrollTop).toBe(page.end);
  expect(page.shown.at(-1)?.seq).toBe(103);
  expect(page.shown).toHaveLength(40);
  page.heights.set('m103', 400);
  page.keeper.settle();
  expect(page.scrollTop).toBe(page.end);
  expect(page.keeper.getState()).toMatchObject({ isAtEnd: true, missed: 0 });
  expect(loads).toHaveLength(0);
});

it.each([400, 20])(
  'lets whoever scrolls away go where the last message becomes %i px high in the same moment',
  (height) => {
    const { page } = begin(upTo(1, 100));
    page.heights.set('m100', height);
    page.scrollTo(page.end - 700);
    const there = page.scrollTop;
    expect(page.keeper.getState().isAtEnd).toBe(false);
    page.keeper.settle();
    expect(page.scrollTop).toBe(there);
  },
);

it('lets whoever has just scrolled away go where a message arrives before the browser says so', () => {
  const { page } = begin(upTo(1, 100));
  page.moveTo(page.end - 700);
  const there = page.scrollTop;
  page.show(upTo(1, 101));
  expect(page.keeper.getState()).toMatchObject({ isAtEnd: false, missed: 1 });
  expect(page.scrollTop).toBe(there);
});

it('takes whoever has just scrolled away along to a message of their own', () => {
  const { page } = begin(upTo(1, 100));
  page.moveTo(page.end - 700);
  page.show(upTo(1, 101), true);
  expect(page.keeper.getState()).toMatchObject({ isAtEnd: true, missed: 0 });
  expect(page.scrollTop).toBe(page.end);
});

it.each([400, 20])(
  'stays at the end where the last message becomes %i px high, and the browser moves the page first',
  (height) => {
    const { page } = begin(upTo(1, 100));
    page.heights.set('m100', height);
    page.scrollTo(page.scrollTop);
    page.keeper.settle();
    expect(page.keeper.getState().isAtEnd).toBe(true);
    expect(page.scrollTop).toBe(page.end);
  },
);

it('draws a log of one page whole', () => {
  const { page } = begin(upTo(1, 50));
  expect(page.shown).toHaveLength(51);
  expect(page.scrollTop).toBe(page.end);
});

it('fetches the code once when somebody leaves the end, and what they read stands still when it comes', async () => {
  const { page, loads, come } = begin(upTo(1, 100));
  page.scrollTo(page.end - 700);
  page.scrollTo(page.end - 800);
  expect(page.keeper.getState().isAtEnd).toBe(false);
  const seq = page.read;
  const before = page.topOf(seq);
  await come();
  expect(loads).toHaveLength(1);
  expect(page.topOf(seq)).toBe(before);
  page.scrollTo(0);
  expect(page.shown[0]?.seq).toBeNull();
  expect(page.shown[1]?.seq).toBe(1);
});

it('keeps the rows that are there, and counts what arrives, while the code is on its way', async () => {
  const { page, come } = begin(upTo(1, 100));
  page.scrollTo(page.end - 700);
  const seq = page.read;
  const before = page.topOf(seq);
  page.show(upTo(1, 102));
  expect(page.topOf(seq)).toBe(before);
  await come();
  expect(page.topOf(seq)).toBe(before);
  expect(page.keeper.getState()).toMatchObject({ isAtEnd: false, missed: 2 });
});

it('tries again with the next movement after the code did not come', async () => {
  const { page, loads, come, fail } = begin(upTo(1, 100));
  page.scrollTo(page.end - 700);
  await fail();
  page.scrollTo(page.end - 710);
  expect(loads).toHaveLength(2);
  await come();
  page.scrollTo(0);
  expect(page.shown[1]?.seq).toBe(1);
});

it('goes back to the end without the code', async () => {
  const { page, fail } = begin(upTo(1, 100));
  page.scrollTo(page.end - 700);
  await fail();
  page.show(upTo(1, 101));
  page.keeper.toEnd();
  expect(page.scrollTop).toBe(page.end);
  expect(page.keeper.getState()).toMatchObject({ isAtEnd: true, missed: 0 });
});

it('may grow upward where a place is kept: at the end of a log that is drawn whole, and everywhere once the code is there', async () => {
  const { page, come } = begin(upTo(1, 30));
  expect(page.keeper.view(page.rows).isKept).toBe(true);
  page.scrollTo(page.end - 700);
  expect(page.keeper.view(page.rows).isKept).toBe(false);
  await come();
  expect(page.keeper.view(page.rows).isKept).toBe(true);
  expect(begin(upTo(1, 100)).page.keeper.view(upTo(1, 100).map(toRow)).isKept).toBe(false);
});

const toRow = (seq: number) => ({ key: `m${seq}`, isSettled: true, seq });

it('brings a message into sight that was asked for before the code was there', async () => {
  const { page, come } = begin(upTo(1, 100));
  const shown: number[] = [];
  const showing = page.keeper.show(3, () => shown.push(3));
  await come();
  await showing;
  expect(shown).toEqual([3]);
  expect(page.topOf(3)).toBeGreaterThanOrEqual(0);
  expect(page.topOf(3)).toBeLessThan(VIEW_PX);
});

it('says so where the code for that does not come', async () => {
  const { page, fail } = begin(upTo(1, 100));
  const showing = page.keeper.show(3, () => {}).catch(String);
  await fail();
  expect(await showing).toBe('Error: It did not come.');
});

import { beforeEach, describe, expect, it } from 'vitest';

import { createChannel } from '../../../../web/chat/tabs/channel.ts';
import { electedTab } from '../../../../web/chat/tabs/election.ts';
import { FakeBrowser, type FakeTab } from '../../../support/fake-browser.ts';
import { settled } from '../../../support/fake-ports.ts';

let browser: FakeBrowser;
beforeEach(() => {
  browser = new FakeBrowser();
});

function stand(tab: FakeTab = browser.open(), name = 'nino') {
  const channel = createChannel();
  channel.open(name, tab.browser.openBroadcast);
  const candidate = electedTab({ ...tab.browser, name, channel });
  return { tab, candidate, isElected: () => candidate.isElected.getState() };
}

const elected = (...tabs: { isElected: () => boolean }[]) => tabs.map((tab) => tab.isElected());

describe('an election', () => {
  it('elects one of several tabs', async () => {
    const tabs = [stand(), stand(), stand()];
    await settled();
    expect(elected(...tabs)).toEqual([true, false, false]);
  });

  it('elects in each name for itself', async () => {
    const tabs = [stand(), stand(browser.open(), 'giorgi')];
    await settled();
    expect(elected(...tabs)).toEqual([true, true]);
  });

  it.each<[string, (tab: ReturnType<typeof stand>) => void]>([
    ['is closed', ({ candidate }) => candidate.close()],
    ['dies', ({ tab }) => tab.die()],
    ['is put to sleep', ({ tab }) => tab.sleep()],
  ])('elects the next one at once when a tab %s', async (_, end) => {
    const [first, second] = [stand(), stand()];
    await settled();
    end(first);
    await settled();
    expect(second.isElected()).toBe(true);
  });

  it('lets a tab that wakes stand again, behind the others', async () => {
    const [first, second] = [stand(), stand()];
    await settled();
    first.tab.sleep();
    await settled();
    first.tab.wake();
    await settled();
    expect(elected(first, second)).toEqual([false, true]);
    second.tab.die();
    await settled();
    expect(first.isElected()).toBe(true);
  });

  it('takes over from a tab that hangs, which finds itself out of office', async () => {
    const [first, second] = [stand(), stand()];
    await settled();
    first.tab.hang();
    await browser.clock.advance(20_000);
    expect(second.isElected()).toBe(true);
    first.tab.goOn();
    await settled();
    expect(elected(first, second)).toEqual([false, true]);
    await browser.clock.advance(60_000);
    expect(elected(first, second)).toEqual([false, true]);
  });

  it('leaves a tab that answers in office', async () => {
    const [first, second] = [stand(), stand()];
    await browser.clock.advance(5 * 60_000);
    expect(elected(first, second)).toEqual([true, false]);
  });

  it('believes itself asleep before it believes the other dead', async () => {
    const [first, second] = [stand(), stand()];
    await settled();
    second.tab.hang();
    await browser.clock.advance(60_000);
    second.tab.goOn();
    await browser.clock.advance(30_000);
    expect(elected(first, second)).toEqual([true, false]);
  });

  it('elects every tab where there are no locks', () => {
    const tabs = [
      stand(browser.open({ hasLocks: false })),
      stand(browser.open({ hasLocks: false })),
    ];
    expect(elected(...tabs)).toEqual([true, true]);
  });

  it('elects a tab whose locks are refused', async () => {
    const tab = browser.open();
    const locks = {
      held: async () => [],
      hold: (_: string, { onRefused }: { onRefused: () => void }) => {
        setImmediate(onRefused);
        return () => {};
      },
    };
    const channel = createChannel();
    const candidate = electedTab({ ...tab.browser, locks, name: 'nino', channel });
    await settled();
    expect(candidate.isElected.getState()).toBe(true);
  });
});

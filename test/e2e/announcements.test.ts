/** What a screen reader says by itself, and what it is told about what it reads. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { spokenIn } from '../support/spoken.ts';
import { bubble, DESKTOP, Windows } from './people.ts';
import { isStored, openWindow, say, type Stage } from './screens/stage.ts';

let server: LocalServer;
let browser: Browser;
const windows = new Windows();

beforeAll(async () => {
  [server, browser] = await Promise.all([startWarmServer(), startBrowser()]);
});
afterEach(() => windows.close());
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Collects the words that come into a live region after this, as a screen reader hears them. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const observer = new MutationObserver((changes) => {
      for (const { addedNodes, target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(
          '[aria-live], [role="status"], [role="alert"], [role="log"]',
        );
        const isLive = region instanceof Element && region.getAttribute('aria-live') !== 'off';
        const words = [...addedNodes].map((node) => node.textContent?.trim() ?? '');
        if (isLive) heard.push(...words.filter((text) => text !== ''));
      }
    });
    observer.observe(document.body, { subtree: true, childList: true });
  });
  return () =>
    page.evaluate(() => ('heard' in window && Array.isArray(window.heard) ? window.heard : []));
}

async function openStory() {
  const words = await spokenIn('en');
  const stage: Stage = {
    browser,
    url: server.url,
    windows,
    language: 'en',
    words,
    viewport: DESKTOP,
  };
  const nino = await openWindow(stage, { path: '/product/blue-bowl', as: 'nino', stranger: {} });
  await nino.getByRole('button', { name: words.launch.chat }).click();
  await nino.getByRole('log').waitFor();
  return { stage, nino };
}

async function openRoom(stage: Stage, text: string): Promise<Page> {
  const ana = await openWindow(stage, { path: '/inbox', as: 'ana' });
  await ana.getByRole('list', { name: 'Conversations' }).getByText(text).first().click();
  await bubble(ana, text).last().waitFor();
  return ana;
}

describe('a screen reader', () => {
  it('says what comes in with its author, once, and nothing of one’s own', async () => {
    const { stage, nino } = await openStory();
    const heard = await listen(nino);
    await say(nino, stage, 'Is it deep?');
    await isStored(nino, stage);
    const ana = await openRoom(stage, 'Is it deep?');
    await say(ana, stage, 'Nine centimetres.');
    await expect.poll(heard).toContain('Tbilisi Ceramics: Nine centimetres.');
    await say(ana, stage, 'And very blue.');
    await expect.poll(heard).toContain('Tbilisi Ceramics: And very blue.');
    const all = await heard();
    expect(all.filter((words) => words.includes('Is it deep?'))).toEqual([]);
    expect(all.filter((words) => words.includes('Nine centimetres.'))).toHaveLength(1);
    expect(all.filter((words) => words.includes('is typing')).length).toBeLessThan(3);
  });

  it('says nothing of the history when a room opens', async () => {
    const { stage, nino } = await openStory();
    await say(nino, stage, 'What was before');
    await isStored(nino, stage);
    const ana = await openWindow(stage, { path: '/inbox', as: 'ana' });
    const row = ana.getByRole('list', { name: 'Conversations' }).getByText('What was before');
    await row.first().waitFor();
    const heard = await listen(ana);
    await row.first().click();
    await bubble(ana, 'What was before').waitFor();
    expect((await heard()).filter((words) => words.includes('What was before'))).toEqual([]);
  });

  it('says that one is offline, in a region that was there before', async () => {
    const { nino } = await openStory();
    const heard = await listen(nino);
    await nino.context().setOffline(true);
    await expect.poll(heard).toContain('You are offline — messages will be sent when you are back');
  });

  it('reads names for everything that one can press, and for the regions', async () => {
    const { stage, nino } = await openStory();
    await say(nino, stage, 'A question with a name');
    await isStored(nino, stage);
    const tree = await nino.getByRole('dialog', { name: 'Tbilisi Ceramics' }).ariaSnapshot();
    expect(tree).toContain('log "Messages"');
    expect(tree).toContain('heading "Tbilisi Ceramics" [level=2]');
    expect(tree).not.toMatch(/- (?:button|link|textbox|img)(?: \[|:|$)/mu);
    const ana = await openWindow(stage, { path: '/inbox', as: 'ana' });
    const row = ana.getByRole('listitem').filter({ hasText: 'A question with a name' });
    await expect.poll(() => row.first().ariaSnapshot()).toContain('1 unread');
  });
});

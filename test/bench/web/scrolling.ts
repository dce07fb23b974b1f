/** Scrolling an inbox of ten thousand rooms and a conversation of five thousand messages: the time of each frame. */
import type { Page } from 'playwright-core';

import { startEngine } from '../../../lib/local/database/engine.ts';
import { openChat } from '../../e2e/people.ts';
import { servePast, setLastSeq } from '../../support/long-room.ts';
import { serveManyRooms } from '../../support/many-rooms.ts';
import { quantile, report, section } from '../table.ts';
import { withSite } from './stage.ts';

const ROOMS = 10_000;
const MESSAGES = 5_000;
/** Of one measurement, after as many that are not counted. */
const FRAMES = 240;
/** A quick thumb: six thousand pixels a second. */
const PIXELS_PER_FRAME = 100;
/** Of a screen of 60 Hz; the page's own share is to be less than all of it. */
const MAX_FRAME_MS = 16;

/** Frames of one scroll. */
interface Scrolled {
  /** Milliseconds from frame to frame; a screen's clock ticks in them. */
  readonly intervals: number[];
  /** Milliseconds that the page's scripts, styles and layout took of each frame. */
  readonly work: number[];
}

/** Measures both. */
export async function benchScrolling(): Promise<void> {
  section(`Scrolling, ${PIXELS_PER_FRAME} px a frame, ${FRAMES} frames`);
  const engine = await startEngine({ dataFolder: undefined, endpoint: undefined });
  try {
    await withSite(
      async ({ url, browser }) => {
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
        reportFrames(`inbox of ${ROOMS} rooms`, await scrollInbox(await context.newPage(), url));
        const nino = await context.newPage();
        await writeFirst(nino, url);
        const roomId = await setLastSeq(engine.endpoint, MESSAGES);
        const page = await context.newPage();
        const frames = await scrollConversation(page, `${url}/inbox/${roomId}?as=ana`);
        reportFrames(`conversation of ${MESSAGES} messages`, frames);
      },
      { DYNAMODB_ENDPOINT: engine.endpoint },
    );
  } finally {
    await engine.stop();
  }
}

function reportFrames(name: string, { intervals, work }: Scrolled): void {
  const late = intervals.filter((ms) => ms > 1.5 * (1_000 / 60)).length;
  report({
    name: `${name}: the page's work in a frame, median`,
    value: quantile(work, 0.5),
    unit: 'ms',
    budget: MAX_FRAME_MS,
  });
  report({
    name: `${name}: the same, p95`,
    value: quantile(work, 0.95),
    unit: 'ms',
    budget: MAX_FRAME_MS,
  });
  report({
    name: `${name}: from frame to frame, median`,
    value: quantile(intervals, 0.5),
    unit: 'ms',
    note: `p95 ${quantile(intervals, 0.95).toFixed(1)} ms, ${late} of ${intervals.length} late`,
  });
}

async function scrollInbox(page: Page, url: string): Promise<Scrolled> {
  await serveManyRooms(page, { count: ROOMS, pageSize: 500 });
  await page.goto(`${url}/inbox?as=ana`);
  await page.getByRole('list', { name: 'Conversations' }).getByText('Customer 0').first().waitFor();
  await page.evaluate(scroll, { selector: '.rooms', by: PIXELS_PER_FRAME, frames: FRAMES });
  return page.evaluate(scroll, { selector: '.rooms', by: PIXELS_PER_FRAME, frames: FRAMES });
}

async function writeFirst(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/product/blue-bowl?as=nino`);
  await openChat(page);
  await page.getByRole('textbox', { name: 'Message' }).fill('The very first question');
  await page.keyboard.press('Enter');
  await page.getByText(/^(?:Sent|Delivered)$/u).waitFor();
  await page.close();
}

async function scrollConversation(page: Page, address: string): Promise<Scrolled> {
  const make = (seq: number) => ({ text: `${'word '.repeat(1 + ((seq * 7) % 40))}${seq}` });
  await servePast(page, { last: MESSAGES, make });
  await page.goto(address);
  await page.getByRole('log').locator('.message').first().waitFor();
  const upward = { selector: '.log__scroll', by: -PIXELS_PER_FRAME, frames: FRAMES };
  await page.evaluate(scroll, upward);
  return page.evaluate(scroll, upward);
}

interface Scrolling {
  readonly selector: string;
  readonly by: number;
  readonly frames: number;
}

/** In the page: scrolls in each frame; a message that a frame posts arrives when its layout is done. */
async function scroll({ selector, by, frames }: Scrolling): Promise<Scrolled> {
  const box = document.querySelector(selector);
  if (box === null) throw new Error(`There is no ${selector}.`);
  const intervals: number[] = [];
  const work: number[] = [];
  const { port1, port2 } = new MessageChannel();
  let last = 0;
  for (let count = 0; count <= frames; count += 1) {
    const startedAt = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    if (last > 0) intervals.push(startedAt - last);
    last = startedAt;
    const began = performance.now();
    box.scrollBy({ top: by, behavior: 'instant' });
    await new Promise((resolve) => {
      port1.addEventListener('message', resolve, { once: true });
      port1.start();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel's port, not a window
      port2.postMessage(null);
    });
    work.push(performance.now() - began);
  }
  return { intervals, work };
}

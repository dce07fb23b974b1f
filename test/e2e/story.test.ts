/** The story of two people, in real Chromium, against the product as `npm start` runs it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import { type LocalServer, startServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };

let server: LocalServer;
let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startWarmServer(), startBrowser()]);
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A window of its own: nothing is shared with the other person. */
async function openWindow(pathname: string, viewport = DESKTOP, base = server.url): Promise<Page> {
  const context = await browser.newContext({ viewport });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(`${base}${pathname}`);
  return page;
}

/** Opens the first product of Ana's shop and its chat. */
async function openChat(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /Blue bowl/iu })
    .first()
    .click();
  await page.getByRole('button', { name: /Chat with/iu }).click();
  await page.getByRole('dialog').waitFor();
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

const bubble = (page: Page, text: string) => page.getByRole('log').getByText(text, { exact: true });

describe('Nino on a product page and Ana in her inbox', () => {
  it('talk to each other: preview, product, typing, answer, read, reload', async () => {
    const ana = await openWindow('/inbox?as=ana');
    const nino = await openWindow('/?as=nino');
    const errors = [ana, nino].map(collectErrors);
    await openChat(nino);
    await write(nino, 'Is it dishwasher safe?');
    await bubble(nino, 'Is it dishwasher safe?').waitFor();

    const row = ana
      .getByRole('list', { name: 'Conversations' })
      .getByRole('listitem')
      .filter({ hasText: 'Nino' });
    await row.getByText('Is it dishwasher safe?').waitFor();
    await row.getByText('1', { exact: true }).waitFor();
    await row.getByRole('link').or(row.getByRole('button')).first().click();
    await bubble(ana, 'Is it dishwasher safe?').waitFor();
    await ana.getByText('Blue bowl').filter({ visible: true }).first().waitFor();
    await nino.getByText('Read', { exact: true }).waitFor();

    await nino
      .getByRole('textbox', { name: 'Message' })
      .pressSequentially('And the mic', { delay: 30 });
    await ana
      .getByText(/is typing/iu)
      .first()
      .waitFor();

    await write(ana, 'It is, dear Nino. დიახ! 👍');
    await bubble(nino, 'It is, dear Nino. დიახ! 👍').waitFor();
    await ana.getByText('Read', { exact: true }).waitFor();

    await nino.reload();
    if (!(await nino.getByRole('dialog').isVisible())) {
      await nino.getByRole('button', { name: /Chat with/iu }).click();
    }
    await bubble(nino, 'It is, dear Nino. დიახ! 👍').waitFor();
    await expect.poll(() => bubble(nino, 'Is it dishwasher safe?').count()).toBe(1);
    await ana.reload();
    await bubble(ana, 'It is, dear Nino. დიახ! 👍').waitFor();
    expect(errors.flat()).toEqual([]);
  });

  it('lose nothing while Nino is offline, and double nothing when he is back', async () => {
    const ana = await openWindow('/inbox?as=ana');
    const nino = await openWindow('/?as=nino');
    await openChat(nino);
    await write(nino, 'Before the tunnel');
    await bubble(nino, 'Before the tunnel').waitFor();
    await nino.context().setOffline(true);
    await write(nino, 'In the tunnel, one');
    await write(nino, 'In the tunnel, two');
    await nino
      .getByText(/offline/iu)
      .first()
      .waitFor();
    await nino.context().setOffline(false);

    await ana
      .getByRole('list', { name: 'Conversations' })
      .getByText('In the tunnel, two')
      .waitFor();
    await ana.getByRole('list', { name: 'Conversations' }).getByText('Nino').first().click();
    await bubble(ana, 'In the tunnel, two').waitFor();
    expect(await bubble(ana, 'In the tunnel, one').count()).toBe(1);
    expect(await bubble(ana, 'In the tunnel, two').count()).toBe(1);
    expect(await bubble(nino, 'In the tunnel, two').count()).toBe(1);
  });

  it('sees a message on a phone without a sideways scroll bar', async () => {
    const nino = await openWindow('/?as=nino', PHONE);
    const overflow = () =>
      nino.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    await expect.poll(() => overflow()).toBe(0);
    await openChat(nino);
    await expect.poll(() => overflow()).toBe(0);
    const ana = await openWindow('/inbox?as=ana', PHONE);
    await ana.getByRole('list', { name: 'Conversations' }).waitFor();
    expect(
      await ana.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ),
    ).toBe(0);
  });

  it('shows what a hostile text is: text', async () => {
    const nino = await openWindow('/?as=nino');
    const ana = await openWindow('/inbox?as=ana');
    const hostile = '<img src=x onerror="document.title=1"> javascript:alert(1)';
    await openChat(nino);
    await write(nino, hostile);
    await ana.getByRole('list', { name: 'Conversations' }).getByText('Nino').first().click();
    await bubble(ana, hostile).waitFor();
    expect(await ana.title()).not.toBe('1');
    expect(await ana.locator('a[href^="javascript"]').count()).toBe(0);
  });
});

describe('the server', () => {
  it('keeps everything across a restart with --data', async () => {
    const data = mkdtempSync(path.join(tmpdir(), 'parley-'));
    try {
      const first = await startServer({ args: ['--data', data] });
      const nino = await openWindow('/?as=nino', DESKTOP, first.url);
      await openChat(nino);
      await write(nino, 'Remember me');
      await nino.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
      expect(await first.stop()).toBe(0);

      const second = await startServer({ args: ['--data', data] });
      const ana = await openWindow('/inbox?as=ana', DESKTOP, second.url);
      await ana.getByRole('list', { name: 'Conversations' }).getByText('Remember me').waitFor();
      expect(await second.stop()).toBe(0);
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });

  it('says in one line that its port is in use', async () => {
    const port = new URL(server.url).port;
    await expect(startServer({ env: { PORT: port } })).rejects.toThrow(
      new RegExp(`^[^\\n]*\\n[^\\n]*${port}[^\\n]*in use[^\\n]*\\n?$`, 'iu'),
    );
  });
});

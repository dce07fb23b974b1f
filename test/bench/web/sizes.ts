/** Bytes on the wire: the first loads of the site's pages by the build, and the widget as a browser loads it. */
import { gzipSync } from 'node:zlib';

import type { Page } from 'playwright-core';

import { builtSite } from '../../support/built-site.ts';
import { PAGES, totalOf, weighPage } from '../../support/site-weight.ts';
import { report, section } from '../table.ts';
import { withSite } from './stage.ts';

const KB = 1_024;
const BUDGETS: Readonly<Partial<Record<keyof typeof PAGES, number>>> = { inbox: 120 };
const MAX_LAUNCHER_KB = 6;
const MAX_WIDGET_KB = 45;

/** Weighs everything. */
export async function benchSizes(): Promise<void> {
  section('Sizes (gzip, in one language)');
  const folder = await builtSite();
  for (const name of ['inbox', 'chat', 'shop'] as const) {
    const budget = BUDGETS[name];
    const value = totalOf(weighPage(folder, PAGES[name])) / KB;
    report({
      name: `first load of ${PAGES[name].name}`,
      value,
      unit: 'KB',
      ...(budget !== undefined && { budget }),
    });
  }
  await withSite(({ url, browser }) => weighWidget(browser.newPage(), url));
}

async function weighWidget(opening: Promise<Page>, url: string): Promise<void> {
  const page = await opening;
  const loading: Promise<number>[] = [];
  page.on('response', (response) => {
    // what the page around it needs stands elsewhere
    if (/\/widget\/[^/]+\.js$/u.test(new URL(response.url()).pathname)) {
      loading.push(response.body().then((body) => gzipSync(body).length));
    }
  });
  const loaded = async () => (await Promise.all(loading)).reduce((sum, it) => sum + it, 0) / KB;
  await page.goto(`${url}/widget/example.html?as=nino`);
  const launcher = page.getByRole('button', { name: /^Open the chat/u });
  await launcher.waitFor();
  const value = await loaded();
  report({ name: 'widget, untouched', value, unit: 'KB', budget: MAX_LAUNCHER_KB });
  await launcher.click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await page.keyboard.press('Enter');
  await page.getByText(/^(?:Sent|Delivered)$/u).waitFor();
  const opened = await loaded();
  report({
    name: 'widget, open, a message sent',
    value: opened,
    unit: 'KB',
    budget: MAX_WIDGET_KB,
  });
}

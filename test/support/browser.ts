/** Real Chromium from npm, driven by playwright-core. */
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright, type Page } from 'playwright-core';

/**
 * Our own arguments: the package's are made for one page in a Lambda function, and switch web security off.
 * Chromium's sandbox cannot start as root, which CI is.
 */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--font-render-hinting=none',
];

/** Starts a browser of its own; close it when done. `more` are arguments of Chromium's. */
export async function startBrowser(more: readonly string[] = []): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...ARGUMENTS, ...more],
    headless: true,
  });
}

/** Collects what a page reports as wrong: uncaught errors and console errors. */
export function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return errors;
}

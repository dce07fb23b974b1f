/** What every part of the web's bench needs: the site as `npm start` serves it, and a browser. */
import type { Browser } from 'playwright-core';

import { startBrowser } from '../../support/browser.ts';
import { type LocalServer, startServer } from '../../support/server.ts';

/** The site and the browser, while `work` runs. @param env settings of the server's process */
export async function withSite<T>(
  work: (site: { url: string; browser: Browser }) => Promise<T>,
  env: Record<string, string> = {},
): Promise<T> {
  let server: LocalServer | undefined;
  let browser: Browser | undefined;
  try {
    [server, browser] = await Promise.all([startServer({ env }), startBrowser()]);
    return await work({ url: server.url, browser });
  } finally {
    await browser?.close();
    await server?.stop();
  }
}

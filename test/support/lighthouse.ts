/** Lighthouse from npm on the browser of the tests: what it finds, and what it measures. */
import { once } from 'node:events';
import net from 'node:net';

import lighthouse, { desktopConfig } from 'lighthouse';
import type { Browser } from 'playwright-core';

import { startBrowser } from './browser.ts';

export type Category = 'accessibility' | 'best-practices' | 'performance';

/** How a page is looked at: Lighthouse's presets, which slow network and processor down by calculation. */
export type Device = 'mobile' | 'desktop';

/** What came of it. */
export interface Audit {
  /** By category, 0 to 100. */
  readonly scores: Readonly<Record<string, number>>;
  /** What is not as it should be: `id: title (detail)`. */
  readonly findings: readonly string[];
  /** Figures of the performance audits by their ids, in their own units. */
  readonly figures: Readonly<Record<string, number>>;
}

/** A browser that Lighthouse can drive; stop it when done. */
export interface Auditor {
  audit(url: string, options: AuditOptions): Promise<Audit>;
  stop(): Promise<void>;
}

export interface AuditOptions {
  readonly categories: readonly Category[];
  readonly device: Device;
}

/** Starts the browser. */
export async function startAuditor(): Promise<Auditor> {
  const port = await freePort();
  const browser: Browser = await startBrowser([`--remote-debugging-port=${port}`]);
  return {
    async audit(url, { categories, device }) {
      const flags = {
        port,
        onlyCategories: [...categories],
        output: [],
        logLevel: 'error' as const,
      };
      const config = device === 'desktop' ? desktopConfig : undefined;
      const result = await lighthouse(url, flags, config);
      if (!result) throw new Error(`Lighthouse has nothing to say of ${url}.`);
      if (result.lhr.runtimeError) throw new Error(result.lhr.runtimeError.message);
      return readResult(result.lhr);
    },
    stop: () => browser.close(),
  };
}

type Result = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr'];

function readResult({ categories, audits }: Result): Audit {
  const all = Object.values(audits);
  const failed = all.filter(
    ({ score, scoreDisplayMode }) =>
      scoreDisplayMode === 'error' || (scoreDisplayMode === 'binary' && score !== 1),
  );
  return {
    scores: Object.fromEntries(
      Object.entries(categories).map(([id, { score }]) => [id, Math.round((score ?? 0) * 100)]),
    ),
    findings: failed.map(
      ({ id, title, details, errorMessage }) =>
        `${id}: ${title} (${errorMessage ?? JSON.stringify(details ?? {}).slice(0, 500)})`,
    ),
    figures: Object.fromEntries(
      all.flatMap(({ id, numericValue }) =>
        numericValue === undefined ? [] : [[id, numericValue] as const],
      ),
    ),
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

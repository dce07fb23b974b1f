/** axe in a page: what it finds against WCAG 2.2 AA and the field's best practices, also inside open shadow roots. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Everything up to WCAG 2.2 AA, and what experience has added to it. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

const EVERYTHING: RunOptions = {
  runOnly: { type: 'tag', values: TAGS },
  // off unless one asks for it, though it is WCAG 2.2 AA
  rules: { 'target-size': { enabled: true } },
};
const COLOURS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast'] } };

/** What axe finds on the page as it stands, each as one line: the rule, where, and what to do. */
export async function axeFindings(page: Page, look: 'everything' | 'colours' = 'everything') {
  // by the debugger, which no content security policy forbids
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(`${source};0`);
  const options = look === 'everything' ? EVERYTHING : COLOURS;
  const { violations } = await page.evaluate(
    (run) => (globalThis as unknown as { axe: Axe }).axe.run(document, run),
    { ...options, resultTypes: ['violations' as const] },
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const where = target.flat().join(' >>> ');
      return `${id}: ${help}\n  at ${where}\n  ${failureSummary?.replaceAll('\n', '\n  ') ?? ''}`;
    }),
  );
}

interface Axe {
  run(context: Document, options: RunOptions): Promise<AxeResults>;
}

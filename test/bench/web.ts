/** `npm run bench:web`: what the web weighs, what Lighthouse says, how it scrolls and how fast the chat opens, beside the budgets. */
import { printConditions } from './conditions.ts';
import { verdict } from './table.ts';
import { benchOpening } from './web/opening.ts';
import { benchPages } from './web/pages.ts';
import { benchScrolling } from './web/scrolling.ts';
import { benchSizes } from './web/sizes.ts';

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  sizes: benchSizes,
  opening: benchOpening,
  scrolling: benchScrolling,
  pages: benchPages,
};

await main(process.argv.slice(2));

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    console.error(`No part "${unknown}": choose of ${Object.keys(PARTS).join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  printConditions();
  const startedAt = performance.now();
  for (const [name, run] of Object.entries(PARTS)) {
    if (names.length === 0 || names.includes(name)) await run();
  }
  console.log(`\nTook ${((performance.now() - startedAt) / 1_000).toFixed(0)} s.`);
  process.exitCode = verdict() ? 0 : 1;
}

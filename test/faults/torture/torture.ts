/** `npm run torture`: many rounds of bad days on the whole stack, and one verdict. Any failing seed can be replayed. */
import { parseArgs } from 'node:util';

import { describeFinding, type Rule, RULES } from '../checker/finding.ts';
import { runRound, type RoundResult } from './round.ts';
import { openStand, type Stand } from './stand.ts';
import { DAYS } from './weathers.ts';

/** What is done in a round; about one and a half operations each. */
const DEEDS = 2_400;
const MAX_SHOWN = 20;

const HELP = `Usage: npm run torture -- [--operations 100000] [--seed 1] [--day "stale reads"]
Rounds of about 3,500 operations until it is enough, or until Ctrl-C, which waits for the round at hand; round n has the seed given plus n, and the days take turns by their seeds:
${DAYS.map(({ name }, at) => `  seed ≡ ${at} (mod ${DAYS.length})  ${name}`).join('\n')}
To replay a finding, run its seed: --operations 1 --seed SEED.`;

/** What all rounds came to. */
interface Totals extends Record<'operations' | 'acknowledged' | 'stored', number> {
  readonly byRule: Map<Rule, number>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      operations: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      day: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const seed = wholeNumber('seed', values.seed);
  const operations = wholeNumber('operations', values.operations);
  const startedMs = performance.now();
  const stand = await openStand();
  try {
    const totals = await runRounds(stand, { seed, operations, dayName: values.day });
    report(stand, totals, { seed, seconds: (performance.now() - startedMs) / 1000 });
  } finally {
    await stand.stop();
  }
}

async function runRounds(
  stand: Stand,
  plan: { seed: number; operations: number; dayName: string | undefined },
): Promise<Totals> {
  const totals: Totals = { operations: 0, acknowledged: 0, stored: 0, byRule: new Map() };
  const byHand = new AbortController();
  process.once('SIGINT', () => byHand.abort());
  const isEnough = () => totals.operations >= plan.operations || byHand.signal.aborted;
  for (let { seed } = plan; !isEnough(); seed += 1) {
    const day = DAYS.find(({ name }) => name === plan.dayName) ?? DAYS[seed % DAYS.length];
    if (day === undefined) throw new Error('There is no such day.');
    const startedMs = performance.now();
    const result = await runRound({ stand, seed, day, deeds: DEEDS });
    for (const name of ['operations', 'acknowledged', 'stored'] as const) {
      totals[name] += result[name];
    }
    tellRound(result, { seed, day: day.name, seconds: (performance.now() - startedMs) / 1000 });
    for (const { rule } of result.findings) {
      totals.byRule.set(rule, (totals.byRule.get(rule) ?? 0) + 1);
    }
  }
  return totals;
}

function tellRound(
  { findings, operations, stored }: RoundResult,
  { seed, day, seconds }: { seed: number; day: string; seconds: number },
): void {
  const verdict = findings.length === 0 ? 'nothing found' : `${findings.length} FINDINGS`;
  console.log(
    `seed ${seed} (${day}): ${operations} operations, ${stored} messages, ${seconds.toFixed(0)} s, ${verdict}`,
  );
  for (const finding of findings.slice(0, MAX_SHOWN)) {
    console.log(`  ${describeFinding(seed, finding)}`);
  }
}

function report(
  { sky, staleAnswers }: Stand,
  { byRule, ...totals }: Totals,
  { seed, seconds }: { seed: number; seconds: number },
): void {
  const lines = [
    ['seed', seed],
    ...Object.entries(totals),
    ['seconds', Math.round(seconds)],
    ...[...sky.counts].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ['stale answer', staleAnswers()],
    ...Object.keys(RULES).map((rule) => [`found: ${rule}`, byRule.get(rule as Rule) ?? 0] as const),
  ];
  for (const [name, value] of lines) console.log(`${String(name).padEnd(30)} ${value}`);
  const found = [...byRule.values()].reduce((sum, count) => sum + count, 0);
  console.log(found === 0 ? 'Nothing lost, nothing doubled, nothing found.' : `${found} findings.`);
  process.exitCode = found === 0 ? 0 : 1;
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`--${name} must be a whole number above 0, not "${text}".`);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
});

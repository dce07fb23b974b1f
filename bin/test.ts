/** `npm test`: every check in turn, each with its own output, and one line of counts at the very end. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { needlessRights, RIGHT_USAGE_FOLDER } from '../test/support/right-usage.ts';

const root = path.resolve(import.meta.dirname, '..');
const reports = path.join(root, 'build/test');
const rightUsage = path.join(reports, 'rights');
const binaries = path.join(root, 'node_modules/.bin');

/** What a phase came to. */
interface Counts {
  passed: number;
  failed: number;
}

/** Checks that count as one test each. */
const CHECKS = [
  { name: 'types', command: 'tsc', args: [] },
  { name: 'lint', command: 'oxlint', args: ['--type-aware'] },
  { name: 'format', command: 'oxfmt', args: ['--check'] },
];

/** Test projects by phase: what starts real servers runs alone, so that two cores are enough. */
const PHASES = [['unit', 'infra'], ['local'], ['integration'], ['faults'], ['attacks'], ['e2e']];

function run(command: string, args: readonly string[]): boolean {
  const env = {
    ...process.env,
    [RIGHT_USAGE_FOLDER]: rightUsage,
    PATH: `${binaries}${path.delimiter}${process.env['PATH'] ?? ''}`,
  };
  const result = spawnSync(path.join(binaries, command), args, {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  return result.status === 0;
}

function runCheck(check: (typeof CHECKS)[number]): Counts {
  console.log(`\n== ${check.name}`);
  return run(check.command, check.args) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function runPhase(projects: readonly string[]): Counts {
  console.log(`\n== ${projects.join(' and ')}`);
  const report = path.join(reports, `${projects.join('-')}.json`);
  const succeeded = run('vitest', [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return countTests(report, succeeded);
}

/** A phase that broke outside its tests, or ran none, counts as one failure more: silence is no success. */
function countTests(report: string, succeeded: boolean): Counts {
  const counts: Counts = { passed: 0, failed: 0 };
  try {
    const parsed: unknown = JSON.parse(readFileSync(report, 'utf8'));
    if (isReport(parsed)) {
      counts.passed = parsed.numPassedTests;
      counts.failed = parsed.numFailedTests;
    }
  } catch (error) {
    console.error(`No report at ${report}: ${String(error)}`);
  }
  if ((!succeeded || counts.passed === 0) && counts.failed === 0) counts.failed = 1;
  return counts;
}

function isReport(value: unknown): value is { numPassedTests: number; numFailedTests: number } {
  return typeof value === 'object' && value !== null && 'numPassedTests' in value;
}

/** After everything that runs on the real roles: a right that nobody needed is one too many. */
function checkRights(): Counts {
  console.log('\n== rights that nobody needed');
  const needless = needlessRights(rightUsage);
  for (const right of needless) console.error(right);
  return needless.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const startedAt = performance.now();
const results = [...CHECKS.map(runCheck), ...PHASES.map(runPhase), checkRights()];
const passed = results.reduce((sum, counts) => sum + counts.passed, 0);
const failed = results.reduce((sum, counts) => sum + counts.failed, 0);
console.log(`\nThe whole run took ${Math.round((performance.now() - startedAt) / 1000)} s.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

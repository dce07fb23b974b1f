/** `npm test`: every check in turn, each with its own output, and at the very end what failed and one line of counts. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { needlessRights, RIGHT_USAGE_FOLDER } from '../test/support/right-usage.ts';

const root = path.resolve(import.meta.dirname, '..');
const reports = path.join(root, 'build/test');
const rightUsage = path.join(reports, 'rights');
const binaries = path.join(root, 'node_modules/.bin');

/** What a phase came to, and the name of each thing that failed. */
interface Counts {
  passed: number;
  failed: readonly string[];
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
  return oneCheck(check.name, run(check.command, check.args));
}

function oneCheck(name: string, succeeded: boolean): Counts {
  return succeeded ? { passed: 1, failed: [] } : { passed: 0, failed: [name] };
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
  return countTests(projects.join(' and '), report, succeeded);
}

/** A phase that broke outside its tests, or ran none, counts as one failure more: silence is no success. */
function countTests(phase: string, file: string, succeeded: boolean): Counts {
  const report = readReport(file);
  const passed = report?.numPassedTests ?? 0;
  const failed = report?.testResults.flatMap(failuresOf) ?? [];
  const isSilent = (!succeeded || passed === 0) && failed.length === 0;
  return { passed, failed: isSilent ? [`${phase}, outside its tests`] : failed };
}

/** The part of Vitest's JSON report that is read here (`vitest/reporters`, `JsonTestResults`). */
interface Report {
  numPassedTests: number;
  testResults: readonly {
    name: string;
    status: string;
    message: string;
    assertionResults: readonly { fullName: string; status: string }[];
  }[];
}

function readReport(file: string): Report | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isReport(parsed) ? parsed : undefined;
  } catch (error) {
    console.error(`No report at ${file}: ${String(error)}`);
    return undefined;
  }
}

function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && 'numPassedTests' in value;
}

/** Its failed tests; of a file that failed around them, what went wrong there. */
function failuresOf(file: Report['testResults'][number]): string[] {
  const name = path.relative(root, file.name);
  const tests = file.assertionResults.filter((test) => test.status === 'failed');
  if (tests.length > 0) return tests.map((test) => `${name}: ${test.fullName}`);
  return file.status === 'failed' ? [`${name}: ${file.message}`] : [];
}

/** After everything that runs on the real roles: a right that nobody needed is one too many. */
function checkRights(): Counts {
  console.log('\n== rights that nobody needed');
  const needless = needlessRights(rightUsage);
  if (needless.length === 0) return { passed: 1, failed: [] };
  return { passed: 0, failed: needless.map((right) => `nobody needed ${right}`) };
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const startedAt = performance.now();
const results = [...CHECKS.map(runCheck), ...PHASES.map(runPhase), checkRights()];
const passed = results.reduce((sum, counts) => sum + counts.passed, 0);
const failed = results.flatMap((counts) => counts.failed);
console.log(`\nThe whole run took ${Math.round((performance.now() - startedAt) / 1000)} s.`);
for (const name of failed) console.log(`Failed: ${name}`);
console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

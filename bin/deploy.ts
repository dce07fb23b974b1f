/**
 * `npm run deploy`: synthesizes, builds the site, lets the CDK deploy the stacks, and fills the site's bucket.
 * What follows `--` goes to `cdk deploy`; its `--profile` counts for the bucket too, and `--site-only` publishes the
 * site to a stage that is deployed already.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { openSiteBucket } from '../lib/site/bucket.ts';
import { buildSite } from '../lib/site/build.ts';
import { filesIn } from '../lib/site/files.ts';
import { missingOrigin, outputsOf, type StageOutputs } from '../lib/site/outputs.ts';
import { configFile, publish } from '../lib/site/publish.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Of the version that knows this library; the tag `latest` does not. */
const CDK = 'aws-cdk@2.1148.1';
const STAGE = process.env['PARLEY_STAGE'] ?? 'dev';
const ASSEMBLY = `build/deploy/${STAGE}.out`;
/** Of the last deployment from this folder. */
const OUTPUTS = `build/deploy/${STAGE}.json`;

const args = process.argv.slice(2);
/** All others are the CDK's to know. */
const { values: options } = parseArgs({
  args,
  strict: false,
  options: { profile: { type: 'string' }, 'site-only': { type: 'boolean' } },
});

try {
  // Before anything is deployed: what cannot be built shall not leave a stage half new.
  const folder = await buildSite(ROOT);
  if (options['site-only'] !== true) await deployStacks(args);
  await publishSite(folder, readOutputs());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function deployStacks(more: readonly string[]): Promise<void> {
  await run(process.execPath, ['bin/parley.ts', '--output', ASSEMBLY]);
  const deploy = ['deploy', '--all', '--app', ASSEMBLY, '--outputs-file', OUTPUTS];
  await run('npx', ['--yes', CDK, ...deploy, ...more]);
}

function readOutputs(): StageOutputs {
  const file = path.join(ROOT, OUTPUTS);
  if (existsSync(file)) return outputsOf(readFileSync(file, 'utf8'));
  throw new Error(
    `There is no ${OUTPUTS}: deploy the stacks from here first, with npm run deploy.`,
  );
}

async function publishSite(folder: string, outputs: StageOutputs): Promise<void> {
  const files = [...filesIn(folder), configFile(outputs.config)];
  const { profile } = options;
  const bucket = openSiteBucket(outputs.bucket, {
    ...(typeof profile === 'string' && { profile }),
    ...(outputs.region !== undefined && { region: outputs.region }),
  });
  try {
    await publish(files, bucket.put);
  } finally {
    bucket.close();
  }
  console.log(`\nPublished ${files.length} files. The site is at ${outputs.siteUrl}`);
  console.log('What changed shows within a minute.');
  const advice = missingOrigin(outputs);
  if (advice !== undefined) console.log(advice);
}

/** @throws Error where it fails; what it says goes to this terminal */
async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    // A script of npm's is one of the shell's there.
    shell: command === 'npx' && process.platform === 'win32',
  });
  const [code]: unknown[] = await once(child, 'close');
  if (code !== 0) throw new Error(`${path.basename(command)} ${args[0] ?? ''} failed.`);
}

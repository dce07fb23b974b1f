/** `npm run deploy` up to AWS's door: the CDK's CLI is played, the bucket is the local stack's, the site is looked at there. */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type LocalStack, startLocalStack } from '../support/local-stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const STAGE = `test-${process.pid}`;
const OUTPUTS = path.join(ROOT, `build/deploy/${STAGE}.json`);

let stack: LocalStack;
let tools: string;
beforeAll(async () => {
  stack = await startLocalStack();
  tools = mkdtempSync(path.join(tmpdir(), 'parley-tools-'));
});
afterAll(async () => {
  await stack?.stop();
  rmSync(tools, { recursive: true });
  rmSync(OUTPUTS, { force: true });
  rmSync(path.join(ROOT, `build/deploy/${STAGE}.out`), { recursive: true, force: true });
});

/** In place of npx: notes what it was asked, and writes the outputs as the CDK's CLI does. */
function playNpx(): void {
  const script = `#!/usr/bin/env node
    const fs = require('node:fs');
    const args = process.argv.slice(2);
    fs.writeFileSync(${JSON.stringify(path.join(tools, 'asked'))}, args.join(' '));
    const file = args[args.indexOf('--outputs-file') + 1];
    fs.writeFileSync(file, ${JSON.stringify(outputsWith({}))});`;
  writeFileSync(path.join(tools, 'npx'), script);
  chmodSync(path.join(tools, 'npx'), 0o755);
}

const outputsWith = (more: object) =>
  JSON.stringify({ Stack: { ...stack.runtime.assembly.outputs, ...more } });

/** The settings of somebody who has a profile and nothing else: no keys, and no region that the SDK would read. */
function onlyProfile(): Record<string, string | undefined> {
  const file = path.join(tools, 'credentials');
  const keys = 'aws_access_key_id = local\naws_secret_access_key = local\n';
  writeFileSync(file, `[shop]\n${keys}`);
  return {
    AWS_SHARED_CREDENTIALS_FILE: file,
    AWS_CONFIG_FILE: path.join(tools, 'none'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_REGION: undefined,
    AWS_PROFILE: undefined,
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
  };
}

function deploy(
  args: readonly string[],
  settings: Record<string, string | undefined> = {},
): Promise<{ code: number; output: string }> {
  const env = {
    ...process.env,
    PATH: `${tools}${path.delimiter}${process.env['PATH'] ?? ''}`,
    PARLEY_STAGE: STAGE,
    CDK_VALIDATION: 'false',
    // An address in figures: before a name the SDK would put the bucket's.
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${stack.runtime.port}/local/s3`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ...settings,
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['bin/deploy.ts', ...args],
      { cwd: ROOT, env },
      (error, stdout, stderr) => resolve({ code: error ? 1 : 0, output: stdout + stderr }),
    );
  });
}

describe('npm run deploy', () => {
  it('says what to do first where only the site is to be published, and nothing is deployed', async () => {
    const { code, output } = await deploy(['--site-only']);
    expect(code).toBe(1);
    expect(output).toContain('deploy the stacks from here first');
  });

  it('publishes nothing where the stacks could not be made', async () => {
    const { code, output } = await deploy([], { PARLEY_ISSUERS: 'nonsense' });
    expect(code).toBe(1);
    expect(output).toMatch(/PARLEY_ISSUERS is not JSON[^]*bin\/parley\.ts failed\.\n$/u);
    expect((await fetch(`${stack.url}/`)).status).toBe(404);
    expect(existsSync(OUTPUTS)).toBe(false);
  });

  it('deploys all stacks, fills the bucket, and the site is there', async () => {
    playNpx();
    const { code, output } = await deploy(['--require-approval', 'never']);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain(`The site is at ${stack.runtime.assembly.outputs['SiteUrl']}`);
    const asked = readFileSync(path.join(tools, 'asked'), 'utf8');
    expect(asked).toMatch(/^--yes aws-cdk@[\d.]+ deploy --all --app build\/deploy\/test-/u);
    expect(asked).toMatch(/--require-approval never$/u);

    const page = await fetch(`${stack.url}/inbox`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const script = /src="(\/assets\/[^"]+\.js)"/u.exec(await page.text())?.[1];
    const part = await fetch(`${stack.url}${script}`);
    expect(part.headers.get('cache-control')).toContain('immutable');
    const config: unknown = await (await fetch(`${stack.url}/config.json`)).json();
    const { ApiUrl, SocketUrl } = stack.runtime.assembly.outputs;
    expect(config).toEqual({ api: ApiUrl, socket: SocketUrl });
  });

  it('publishes the site alone to what is deployed, and says what the APIs would refuse', async () => {
    writeFileSync(OUTPUTS, outputsWith({ AllowedOrigins: '["https://shop.example"]' }));
    const { code, output } = await deploy(['--site-only']);
    expect(code).toBe(0);
    expect(output).toMatch(
      /PARLEY_ORIGINS='\["https:\/\/shop\.example","https:\/\/\w+\.cloudfront/u,
    );
  });

  it('takes the profile and the region of the stacks for the bucket too', async () => {
    playNpx();
    const { code, output } = await deploy(['--profile', 'shop'], onlyProfile());
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain('The site is at');
    expect(readFileSync(path.join(tools, 'asked'), 'utf8')).toMatch(/ --profile shop$/u);
  });

  it('takes a profile for the site alone, however it is written, and no other credentials', async () => {
    writeFileSync(OUTPUTS, outputsWith({}));
    const keys = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
    const codeWith = async (...args: string[]) =>
      (await deploy(['--site-only', ...args], { ...onlyProfile(), ...keys })).code;
    expect(await codeWith('--profile=shop')).toBe(0);
    expect(await codeWith('--profile=other')).toBe(1);
    expect(await codeWith('--profile', 'other')).toBe(1);
  });
});

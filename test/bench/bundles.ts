/** What each function weighs and how long its init takes, beside the bare AWS clients. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import type { FunctionModel } from '../../lib/local/model.ts';
import { quantile, report, section } from './table.ts';

const MAX_BUNDLE_KB = 700;
const MAX_INIT_RATIO = 1.25;
const ROUNDS = 11;

/** What functions start with that sign addresses of files. */
const BARE_WITH_FILES = `
import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const files = [new S3Client({}), createPresignedPost, getSignedUrl];
`;

/** The bare clients: what any function of this kind pays before its first own line. */
const BARE_CLIENTS = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const gateway = new ApiGatewayManagementApiClient({ endpoint: 'http://localhost' });
export const handler = async () => [table, gateway];
`;

/** Measures every function's bundle. */
export async function benchBundles(functions: readonly FunctionModel[]): Promise<void> {
  section('Bundles and init (median of processes, each in turn with the bare AWS clients)');
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-bench-'));
  try {
    const bare = path.join(folder, 'bare.mjs');
    const bareWithFiles = path.join(folder, 'bare-with-files.mjs');
    await bundleBareClients(BARE_CLIENTS, bare);
    await bundleBareClients(BARE_CLIENTS + BARE_WITH_FILES, bareWithFiles);
    report({ name: 'bare AWS clients', value: statSync(bare).size / 1024, unit: 'KB' });
    report({ name: 'with files', value: statSync(bareWithFiles).size / 1024, unit: 'KB' });
    for (const model of functions) {
      measure(model, functionLabel(model) === 'HttpAttachments' ? bareWithFiles : bare);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bundleBareClients(contents: string, outfile: string): Promise<void> {
  await build({
    stdin: { contents, resolveDir: path.resolve(import.meta.dirname, '../..') },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
  });
}

function measure(model: FunctionModel, bare: string): void {
  const file = path.join(model.codePath, 'index.mjs');
  const name = functionLabel(model);
  report({
    name: `${name}: bundle`,
    value: weightOf(model.codePath) / 1024,
    unit: 'KB',
    budget: MAX_BUNDLE_KB,
  });
  const own: number[] = [];
  const base: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    own.push(initMs(file, model.environment));
    base.push(initMs(bare, model.environment));
  }
  report({
    name: `${name}: init`,
    value: quantile(own, 0.5) / quantile(base, 0.5),
    unit: '× bare',
    budget: MAX_INIT_RATIO,
    note: `${quantile(own, 0.5).toFixed(0)} ms against ${quantile(base, 0.5).toFixed(0)} ms`,
  });
}

/** The import of a module in a process of its own, in milliseconds. */
function initMs(file: string, environment: Readonly<Record<string, string>>): number {
  const script = `const from = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log('init', performance.now() - from); process.exit(0);`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...environment, AWS_REGION: 'us-east-1' },
    encoding: 'utf8',
  });
  return Number(/init ([\d.]+)/u.exec(output)?.[1]);
}

/** Bytes of a bundle, what it loads later included. */
function weightOf(folder: string): number {
  const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size);
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** `…-Chat-HttpMessagesFunction25295CCA` reads better as `HttpMessages`. */
function functionLabel({ functionName }: FunctionModel): string {
  return /(\w+)Function\w*$/u.exec(functionName)?.[1] ?? functionName;
}

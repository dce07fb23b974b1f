import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openIssuer } from '../../lib/local/identity.ts';
import { startRuntime, type Runtime } from '../../lib/local/runtime.ts';
import { manualClock } from '../support/manual-clock.ts';
import { writeCloudAssembly } from './fixtures/cloud-assembly.ts';
import { clientOptions } from './fixtures/services.ts';
import { chatTemplate, serviceResources } from './fixtures/templates.ts';

/** The function fails for `bad`, and otherwise prints what woke it. */
const CODE = `export const handler = async (event) => {
  const bodies = (event.Records ?? []).map(({ body }) => body);
  console.log(JSON.stringify(bodies.length > 0 ? bodies : { event: event['detail-type'] }));
  if (event.rawPath) return { statusCode: 200, body: JSON.stringify(process.env) };
  const failed = (event.Records ?? []).filter(({ body }) => body === 'bad');
  return { batchItemFailures: failed.map((it) => ({ itemIdentifier: it.messageId })) };
};`;

const clock = manualClock(Date.now());
const logs: string[] = [];
const problems: Error[] = [];
let folder: string;
let runtime: Runtime;

const start = async () =>
  startRuntime({
    assembly: folder,
    port: 0,
    issuer: await openIssuer(undefined),
    dataFolder: path.join(folder, 'data'),
    clock,
    onLog: (_, text) => logs.push(text.trim()),
    onProblem: (problem) => problems.push(problem),
  });

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'parley-services-'));
  mkdirSync(path.join(folder, 'data'));
  const chat = chatTemplate();
  const resources = { ...chat.Resources, ...serviceResources() };
  writeCloudAssembly(folder, { chat: { ...chat, Resources: resources }, code: CODE });
  runtime = await start();
});
afterAll(async () => {
  await runtime?.stop();
  rmSync(folder, { recursive: true });
});

const LOCAL = { accessKeyId: 'local', secretAccessKey: 'local' };
const at = (service: string) =>
  clientOptions(`http://127.0.0.1:${runtime.port}/local/${service}`, LOCAL);

describe('the services of a deployment', () => {
  it('are where the functions look for them', async () => {
    const env = await (await fetch(`${runtime.url}/v1/health`)).json();
    expect(env).toMatchObject({
      AWS_ENDPOINT_URL_S3: at('s3').endpoint,
      AWS_ENDPOINT_URL_SQS: at('sqs').endpoint,
      AWS_ENDPOINT_URL_EVENTBRIDGE: at('eventbridge').endpoint,
    });
  });

  it('keep a file under the name that the template gives its bucket', async () => {
    const client = new S3Client(at('s3'));
    const place = { Bucket: 'chat-files', Key: 'pending/1' };
    await client.send(new PutObjectCommand({ ...place, Body: 'hello' }));
    const { Body } = await client.send(new GetObjectCommand(place));
    expect(await Body?.transformToString()).toBe('hello');
    expect(runtime.objects.list('chat-files')).toMatchObject([{ key: 'pending/1', size: 5 }]);
  });

  it("let a browser ask before it sends, from the bucket's own origins only", async () => {
    const preflight = (origin: string) =>
      fetch(`${runtime.url}/local/s3/chat-files`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight('https://shop.example');
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect((await preflight('https://evil.example')).status).toBe(403);
  });

  it('bring a message to its function when its delay is over, and bury what fails', async () => {
    const client = new SQSClient(at('sqs'));
    const QueueUrl = `${at('sqs').endpoint}/000000000000/Chat-Reminders`;
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'due' }));
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'bad' }));
    expect(logs).not.toContain('["due","bad"]');
    // The delay, and the window in which a batch gathers.
    clock.advance(60_000);
    clock.advance(2_000);
    await expect.poll(() => logs).toContain('["due","bad"]');
    await expect.poll(() => runtime.queues.depths()['Chat/Reminders']).toBe(1);
    const dead = () => runtime.queues.messages('Chat/Failures').map(({ body }) => body);
    for (let attempt = 2; attempt <= 5; attempt += 1) {
      clock.advance(92_000);
      await expect.poll(() => logs.filter((it) => it === '["bad"]').length).toBe(attempt - 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(dead()).toEqual([]);
    clock.advance(92_000);
    await expect.poll(dead).toEqual(['bad']);
  });

  it('show an event, and wake the function whose rule asks for it', async () => {
    const heard: string[] = [];
    const stop = runtime.events.subscribe((event) => heard.push(event['detail-type']));
    const entry = { Source: 'parley', Detail: '{"key":"k"}', EventBusName: 'parley-local' };
    const Entries = ['message.created', 'member.unread'].map((DetailType) => ({
      ...entry,
      DetailType,
    }));
    await new EventBridgeClient(at('eventbridge')).send(new PutEventsCommand({ Entries }));
    stop();
    expect(heard).toEqual(['message.created', 'member.unread']);
    await expect.poll(() => logs).toContain('{"event":"member.unread"}');
    expect(logs).not.toContain('{"event":"message.created"}');
    const lines = await (await fetch(`${runtime.url}/local/events`)).text();
    expect(lines.trimEnd().split('\n')).toHaveLength(2);
    expect(runtime.queues.messages('Chat/Failures').at(-1)?.body).toContain('member.unread');
  });

  it('keep files and what waits over a restart, and sweep what expired', async () => {
    const before = runtime.queues.messages('Chat/Failures').map(({ body }) => body);
    await runtime.stop();
    runtime = await start();
    expect(runtime.objects.list('chat-files')).toHaveLength(1);
    expect(runtime.queues.messages('Chat/Failures').map(({ body }) => body)).toEqual(before);
    clock.advance(48 * 3_600_000);
    expect(runtime.objects.list('chat-files')).toEqual([]);
  });

  it('had no trouble inside', () => {
    expect(problems).toEqual([]);
  });
});

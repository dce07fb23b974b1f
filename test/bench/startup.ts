/** How long `npm start` takes, with everything installed, until the shop and the API answer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { quantile, report, section } from './table.ts';

const RUNS = 3;
const MAX_SECONDS = 8;
const GIVE_UP_MS = 60_000;
const POLL_MS = 25;

/** Starts and stops it as a person does. */
export async function benchStartup(): Promise<void> {
  section(`npm start until /v1/health and / answer (median of ${RUNS})`);
  const seconds: number[] = [];
  for (let count = 0; count < RUNS; count += 1) seconds.push(await startOnce());
  const value = quantile(seconds, 0.5);
  const note = `runs: ${seconds.map((one) => one.toFixed(1)).join(', ')}`;
  report({ name: 'ready', value, unit: 's', budget: MAX_SECONDS, note });
}

async function startOnce(): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn('npm', ['start', '--', '--port', String(port)], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: 'ignore',
    // A group of its own: npm does not hand every signal on.
    detached: true,
  });
  const exited = once(child, 'exit');
  try {
    await answers(`http://localhost:${port}/v1/health`, startedAt);
    await answers(`http://localhost:${port}/`, startedAt);
    return (performance.now() - startedAt) / 1_000;
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await exited;
  }
}

async function answers(url: string, startedAt: number): Promise<void> {
  while (performance.now() - startedAt < GIVE_UP_MS) {
    const response = await fetch(url, { headers: { accept: 'text/html, */*' } }).catch(() => null);
    await response?.arrayBuffer();
    if (response?.ok) return;
    await sleep(POLL_MS);
  }
  throw new Error(`${url} does not answer.`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

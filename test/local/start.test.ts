import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { afterEach, describe, expect, it } from 'vitest';

import { startServer, type LocalServer } from '../support/server.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

let server: LocalServer | undefined;
afterEach(() => server?.stop());

async function call(path: string, body: object, token?: string) {
  const response = await fetch(`${server?.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  expect(response.ok).toBe(true);
  return (await response.json()) as { token: string; roomId: string };
}

describe('npm start', () => {
  it('prints each event with --events, and has them for curl', async () => {
    server = await startServer({
      args: ['--events'],
      env: { PARLEY_EVENTS: '["message.created"]' },
    });
    const { token } = await call('/local/token', { sub: '42', role: 'customer', name: 'Nino' });
    const { roomId } = await call('/v1/rooms', { vendorId: '7' }, token);
    const message = { id: crypto.randomUUID(), type: 'text', text: 'გამარჯობა' };
    await call(`/v1/rooms/${roomId}/messages`, message, token);
    const printed = () =>
      /^\d\d:\d\d:\d\d message\.created {2}\S+ {2}(\{.*\})$/mu.exec(server?.output() ?? '');
    await expect.poll(printed, { timeout: 20_000 }).not.toBeNull();
    expect(JSON.parse(printed()?.[1] ?? '')).toMatchObject({
      roomId,
      message: { text: 'გამარჯობა' },
    });
    const lines = await (await fetch(`${server.url}/local/events`)).text();
    expect(JSON.parse(lines)).toMatchObject({ 'detail-type': 'message.created' });
  });

  it('says in one sentence what is wrong with a setting', async () => {
    const env = { ...process.env, PARLEY_ORIGINS: '["shop.example"]', PORT: '0' };
    const failed = run(process.execPath, ['bin/local.ts', '--dev'], { cwd: ROOT, env });
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stderr:
        'The stack could not be made:\nPARLEY_ORIGINS: "shop.example" is not like "https://a.example".\n',
    });
  });

  it('says with --help what it takes', async () => {
    const { stdout } = await run(process.execPath, ['bin/local.ts', '--help'], { cwd: ROOT });
    for (const option of [
      '--data',
      '--port',
      '--dev',
      '--events',
      '--verbose',
      'PARLEY_REMINDERS',
    ]) {
      expect(stdout).toContain(option);
    }
  });
});

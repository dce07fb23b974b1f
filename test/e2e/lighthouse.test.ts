/** Lighthouse's accessibility and best-practices audits find nothing on the shop's pages and on `/chat`. They are not timed. */
import http from 'node:http';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { portOf } from '../../lib/local/server.ts';
import { type Auditor, startAuditor } from '../support/lighthouse.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';

let server: LocalServer;
let auditor: Auditor;
let roomId = '';
beforeAll(async () => {
  [server, auditor] = await Promise.all([startWarmServer(), startAuditor()]);
  roomId = await openRoom();
});
afterAll(async () => {
  await auditor?.stop();
  await server?.stop();
});

/** A question of the demo's first customer, so that `/chat` has something to show. */
async function openRoom(): Promise<string> {
  const claims = { sub: '42', role: 'customer', name: 'Nino' };
  const { token } = await post('/local/token', claims);
  const room = await post('/v1/rooms', { vendorId: '7' }, token);
  const message = { id: crypto.randomUUID(), type: 'text', text: 'Is it dishwasher safe?' };
  await post(`/v1/rooms/${room['roomId']}/messages`, message, token);
  return String(room['roomId']);
}

async function post(path: string, body: object, token = ''): Promise<Record<string, string>> {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  expect(answer.ok).toBe(true);
  return (await answer.json()) as Record<string, string>;
}

describe('Lighthouse', () => {
  it.each([
    ['/', 'mobile'],
    ['/product/blue-bowl', 'desktop'],
    ['/chat', 'mobile'],
    ['/chat/{room}', 'desktop'],
  ] as const)('finds nothing on %s on a %s', async (path, device) => {
    const { scores, findings } = await auditor.audit(
      `${server.url}${path.replace('{room}', roomId)}`,
      { categories: ['accessibility', 'best-practices'], device },
    );
    expect(findings).toEqual([]);
    expect(scores).toEqual({ accessibility: 100, 'best-practices': 100 });
  });

  it('does find what is wrong', async () => {
    const site = http.createServer((_, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><title>x</title><img src="/x.png"><p style="color:#eee">faint</p>'),
    );
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const { findings, scores } = await auditor.audit(`http://127.0.0.1:${portOf(site)}/`, {
      categories: ['accessibility', 'best-practices'],
      device: 'desktop',
    });
    site.close();
    const ids = findings.map((finding) => finding.split(':')[0]);
    expect(ids).toEqual(expect.arrayContaining(['image-alt', 'color-contrast', 'html-has-lang']));
    expect(scores['accessibility']).toBeLessThan(90);
  });
});

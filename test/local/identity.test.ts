import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openIssuer, type DevelopmentIssuer } from '../../lib/local/identity.ts';

let issuer: DevelopmentIssuer;
let server: http.Server;
let url: string;

beforeAll(async () => {
  issuer = await openIssuer(undefined);
  server = http.createServer((request, response) => void issuer.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/local/token`;
});
afterAll(() => server.close());

const ask = async (body: string, method = 'POST') => {
  const response = await fetch(url, { method, ...(method === 'POST' && { body }) });
  const answer = (await response.json()) as { token?: string; message?: string };
  return { status: response.status, ...answer };
};

function verify(by: DevelopmentIssuer, token: string | undefined) {
  const {
    jwks,
    issuer: iss,
    audience,
  } = by.config as {
    jwks: JSONWebKeySet;
    issuer: string;
    audience: string;
  };
  return jwtVerify(token ?? '', createLocalJWKSet(jwks), { issuer: iss, audience });
}

describe('a development token', () => {
  it('carries the claims asked for and is signed by the configured key', async () => {
    const claims = { sub: 'ana', role: 'vendor', vendor_id: '7', name: 'Ana', locale: 'ka' };
    const { status, token } = await ask(JSON.stringify(claims));
    expect(status).toBe(200);
    const { payload, protectedHeader } = await verify(issuer, token);
    expect(payload).toMatchObject(claims);
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).not.toHaveProperty('expiresIn');
  });

  it('lasts an hour, or as long as asked', async () => {
    const lifeOf = async (body: object) => {
      const { payload } = await verify(issuer, (await ask(JSON.stringify(body))).token);
      return (payload.exp ?? 0) - (payload.iat ?? 0);
    };
    expect(await lifeOf({ sub: '42' })).toBe(3_600);
    expect(await lifeOf({ sub: '42', expiresIn: 5 })).toBe(5);
  });

  it('can be over already', async () => {
    const { token } = await ask(JSON.stringify({ sub: '42', expiresIn: -60 }));
    await expect(verify(issuer, token)).rejects.toThrow(/exp/u);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no sub', '{"role":"customer"}'],
    ['an odd life', '{"sub":"42","expiresIn":1.5}'],
    ['too much', `{"sub":"${'x'.repeat(17_000)}"}`],
  ])('is refused for %s, with what to send', async (_, body) => {
    expect(await ask(body)).toMatchObject({ status: 400, message: expect.any(String) });
  });

  it('is asked for by POST', async () => {
    expect(await ask('', 'GET')).toMatchObject({ status: 405 });
  });
});

describe('the issuer', () => {
  it('keeps its key in a folder, for its owner only, so that tokens outlive a restart', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-issuer-'));
    const first = await openIssuer(folder);
    const token = await first.issue({ sub: '42' });
    const second = await openIssuer(folder);
    await expect(verify(second, token)).resolves.toBeDefined();
    await expect(verify(issuer, token)).rejects.toThrow();
    expect(statSync(path.join(folder, 'issuer-key.json')).mode & 0o077).toBe(0);
    rmSync(folder, { recursive: true });
  });

  it('has one key for all who begin at once in the same folder', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-issuer-'));
    const all = await Promise.all([1, 2, 3].map(() => openIssuer(folder)));
    expect(new Set(all.map(({ config }) => JSON.stringify(config))).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['issuer-key.json']);
    rmSync(folder, { recursive: true });
  });

  it('tells the deployment its public key and nothing of the private one', () => {
    const { keys } = issuer.config['jwks'] as { keys: object[] };
    expect(Object.keys(keys[0] ?? {}).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { afterEach, describe, expect, it } from 'vitest';

import { portOf } from '../../lib/local/server.ts';
import { advisoryDatabase, osvService } from '../../lib/supply/advisory-sources.ts';

const entry = (id: string, name: string) => ({
  id,
  summary: 'x',
  affected: [
    {
      package: { ecosystem: 'npm', name },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.0' }] }],
    },
  ],
  database_specific: { severity: 'LOW' },
});

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A service that answers page after page; requests go to it, whatever their address. */
async function serviceOf(pages: readonly object[], status = 200) {
  const asked: unknown[] = [];
  const server = http.createServer((request, response) => {
    void text(request).then((body) => {
      asked.push(JSON.parse(body));
      response.writeHead(status).end(JSON.stringify(pages[asked.length - 1] ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  const ask = osvService((_, init) => fetch(`http://127.0.0.1:${portOf(server)}`, init));
  return { asked, ask };
}

describe('osv.dev', () => {
  it('is asked for a package, page by page', async () => {
    const { asked, ask } = await serviceOf([
      { vulns: [entry('A', 'ws')], next_page_token: 'more' },
      { vulns: [entry('B', 'ws')] },
    ]);
    expect((await ask('ws')).map(({ id }) => id)).toEqual(['A', 'B']);
    const aPackage = { name: 'ws', ecosystem: 'npm' };
    expect(asked).toEqual([{ package: aPackage }, { package: aPackage, page_token: 'more' }]);
  });

  it('has nothing to say of most packages', async () => {
    const { ask } = await serviceOf([{}]);
    expect(await ask('ws')).toEqual([]);
  });

  it('that does not answer leaves the list alone, loudly', async () => {
    const { ask } = await serviceOf([{}], 503);
    await expect(ask('ws')).rejects.toThrow(/503 for ws/u);
  });
});

describe("GitHub's database", () => {
  it('is read from a clone', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-advisories-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    const place = path.join(folder, 'advisories/github-reviewed/2026/11/GHSA-a');
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'GHSA-a.json'), JSON.stringify(entry('GHSA-a', 'ws')));
    writeFileSync(path.join(place, 'GHSA-b.json'), JSON.stringify(entry('GHSA-b', 'other')));
    const ask = advisoryDatabase(folder);
    expect((await ask('ws')).map(({ id }) => id)).toEqual(['GHSA-a']);
    expect(await ask('none')).toEqual([]);
  });

  it('is no empty folder', () => {
    expect(() => advisoryDatabase('/nowhere')).toThrow(/has no advisories/u);
  });
});

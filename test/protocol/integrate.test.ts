/** What docs/INTEGRATE.md says about the configuration is taken by the configuration. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { BUS_EVENTS } from '#protocol/events.ts';
import { EVENT_SOURCE } from '#protocol/ids.ts';
import { loadIssuers } from '#runtime/issuers.ts';

import { configFrom } from '../../lib/infra/config.ts';
import { snippetsOf } from '../support/snippets.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/INTEGRATE.md'), 'utf8');
const snippets = snippetsOf(page);
const marked = (word: string) => snippets.filter(({ words }) => words.includes(word));
const json = (word: string) => marked(word).map(({ code }) => JSON.parse(code) as unknown);

const reading = (settings: Readonly<Record<string, unknown>>) =>
  configFrom((name) => (name === 'PARLEY_STAGE' ? 'prod' : settings[name]));

describe('docs/INTEGRATE.md', () => {
  it('has its marked blocks', () => {
    const words = ['issuers', 'django', 'settings', 'pattern', 'run'];
    expect(words.map((word) => marked(word).length)).toEqual([4, 1, 1, 1, 8]);
  });

  it.each(marked('issuers'))('lists issuers that a deployment takes: $code', ({ code }) => {
    const config = reading({ PARLEY_ISSUERS: code });
    // The functions read what the stack hands on.
    const loaded = loadIssuers(JSON.stringify(config.issuers));
    expect(loaded).toMatchObject(config.issuers.map(({ issuer, prefix }) => ({ issuer, prefix })));
  });

  it('renames the claims that it says it renames', () => {
    const [cognito] = loadIssuers(
      JSON.stringify(reading({ PARLEY_ISSUERS: json('issuers')[0] }).issuers),
    );
    expect(cognito?.claims).toMatchObject({
      vendor_id: 'custom:vendor_id',
      vendor_name: 'custom:shop',
      groups: 'cognito:groups',
      sub: 'sub',
    });
  });

  it('sets events and reminders that a deployment takes', () => {
    const lines = marked('settings').flatMap(({ code }) => code.trim().split('\n'));
    const settings = Object.fromEntries(
      lines.map((line): [string, string] => {
        const [name = '', value = ''] = line.split(/='|'$/u);
        return [name, value];
      }),
    );
    const config = reading({ PARLEY_ISSUERS: json('issuers')[0], ...settings });
    expect(new Set(config.events)).toEqual(new Set(Object.keys(BUS_EVENTS)));
    expect(config.reminders).toEqual({ unreadMinutes: 5, waitingMinutes: 60 });
  });

  it('filters for events that exist', () => {
    const [pattern] = json('pattern') as Record<string, string[]>[];
    expect(pattern?.['source']).toEqual([EVENT_SOURCE]);
    expect(Object.keys(BUS_EVENTS)).toEqual(expect.arrayContaining(pattern?.['detail-type'] ?? []));
  });

  it('names only settings that exist', () => {
    const asked = new Set<string>();
    configFrom((name) => {
      asked.add(name);
      return name === 'PARLEY_STAGE' ? 'test' : undefined;
    });
    const named = new Set(page.match(/\bPARLEY_[A-Z_]+/gu));
    // The key of the Django snippet is its own.
    expect([...named].filter((name) => !asked.has(name))).toEqual(['PARLEY_KEY']);
  });
});

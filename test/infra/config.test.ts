/** The configuration of a deployment: its defaults, its forms and what it refuses. */
import { describe, expect, it } from 'vitest';

import { BUS_EVENTS } from '#protocol/events.ts';
import { DEFAULT_LIMITS } from '#protocol/limits.ts';

import { configFrom, settingsOf } from '../../lib/infra/config.ts';
import { ISSUER } from './stage.ts';

const config = (settings: Record<string, unknown> = {}) =>
  configFrom((name) => Reflect.get(settings, name));

describe('the configuration', () => {
  it('fills in every default', () => {
    expect(config()).toEqual({
      stage: 'dev',
      keepsData: false,
      issuers: [],
      origins: [],
      productHosts: [],
      limits: DEFAULT_LIMITS,
      reminders: { unreadMinutes: 5, waitingMinutes: 60 },
      events: ['room.created', 'room.closed', 'member.unread', 'customer.waiting'],
      site: { domain: undefined, tokenUrl: undefined, signInUrl: undefined },
    });
  });

  it.each(['local', 'dev', 'test', 'ci', 'preview', 'dev-nino', 'test-17'])(
    'lets the data of stage %s go with the stack',
    (stage) => {
      expect(config({ PARLEY_STAGE: stage }).keepsData).toBe(false);
    },
  );

  it.each(['prod', 'production', 'live', 'staging', 'prod-eu', 'devotion'])(
    'keeps the data of stage %s',
    (stage) => {
      expect(config({ PARLEY_STAGE: stage, PARLEY_ISSUERS: [ISSUER] }).keepsData).toBe(true);
    },
  );

  it('reads lists and limits from JSON text and from the values themselves', () => {
    const values = {
      PARLEY_ISSUERS: [ISSUER],
      PARLEY_ORIGINS: ['https://shop.example', 'http://localhost:4000'],
      PARLEY_PRODUCT_HOSTS: ['*', 'img.example', 'localhost:4000'],
      PARLEY_LIMITS: { messagesPer10Seconds: 100_000 },
    };
    const texts = Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]);
    expect(config(Object.fromEntries(texts))).toEqual(config(values));
    expect(config(values)).toMatchObject({
      origins: values.PARLEY_ORIGINS,
      productHosts: values.PARLEY_PRODUCT_HOSTS,
      limits: { ...DEFAULT_LIMITS, messagesPer10Seconds: 100_000 },
    });
  });

  it.each([
    ['PARLEY_STAGE', 'Prod', /PARLEY_STAGE "Prod" must be/u],
    ['PARLEY_STAGE', 'a'.repeat(21), /PARLEY_STAGE/u],
    ['PARLEY_STAGE', 7, /PARLEY_STAGE 7 must be/u],
    ['PARLEY_ISSUERS', '{', /PARLEY_ISSUERS is not JSON/u],
    ['PARLEY_ISSUERS', '{}', /PARLEY_ISSUERS must be a JSON list/u],
    ['PARLEY_ORIGINS', '"https://a.example"', /PARLEY_ORIGINS must be a JSON list/u],
    ['PARLEY_ORIGINS', ['https://a.example/'], /PARLEY_ORIGINS: "https:\/\/a.example\/" is not/u],
    ['PARLEY_ORIGINS', ['*'], /PARLEY_ORIGINS: "\*" is not/u],
    ['PARLEY_PRODUCT_HOSTS', ['https://a.example'], /PARLEY_PRODUCT_HOSTS/u],
    ['PARLEY_LIMITS', '{"speed": 1}', /PARLEY_LIMITS: Unknown limit "speed"/u],
    ['PARLEY_LIMITS', { maxTextLength: 0 }, /PARLEY_LIMITS: Limit "maxTextLength"/u],
    ['PARLEY_LIMITS', '{', /PARLEY_LIMITS: /u],
    ['PARLEY_REMINDERS', '{', /PARLEY_REMINDERS is not JSON/u],
    ['PARLEY_REMINDERS', '5', /PARLEY_REMINDERS must be a JSON object such as \{"unread/u],
    ['PARLEY_REMINDERS', [5], /PARLEY_REMINDERS must be a JSON object/u],
    ['PARLEY_REMINDERS', { unreadMinute: 5 }, /unknown setting "unreadMinute"/u],
    ['PARLEY_REMINDERS', { unreadMinutes: -1 }, /unreadMinutes must be from 0 to 10080/u],
    ['PARLEY_REMINDERS', { unreadMinutes: '5' }, /unreadMinutes must be/u],
    ['PARLEY_REMINDERS', { waitingMinutes: 10_081 }, /waitingMinutes must be from 0 to 10080/u],
    ['PARLEY_EVENTS', '"room.created"', /PARLEY_EVENTS must be a JSON list/u],
    ['PARLEY_EVENTS', ['room.opened'], /unknown event "room.opened". Known: room.created, /u],
    ['PARLEY_EVENTS', ['toString'], /unknown event "toString"/u],
  ])('refuses %s %j by its name', (name, value, message) => {
    expect(() => config({ [name]: value })).toThrow(message);
  });

  it('refuses a stage with real data that accepts nobody', () => {
    expect(() => config({ PARLEY_STAGE: 'prod' })).toThrow(/PARLEY_ISSUERS is missing/u);
  });
});

describe('the delays of reminders', () => {
  it.each([
    [{ unreadMinutes: 0.05 }, { unreadMinutes: 0.05, waitingMinutes: 60 }],
    [{ unreadMinutes: 0 }, { unreadMinutes: null, waitingMinutes: 60 }],
    [
      { unreadMinutes: 10_080, waitingMinutes: null },
      { unreadMinutes: 10_080, waitingMinutes: null },
    ],
  ])('of %j are %j', (PARLEY_REMINDERS, expected) => {
    expect(config({ PARLEY_REMINDERS }).reminders).toEqual(expected);
    expect(config({ PARLEY_REMINDERS: JSON.stringify(PARLEY_REMINDERS) }).reminders).toEqual(
      expected,
    );
  });

  it('are switched off by null altogether', () => {
    const off = { unreadMinutes: null, waitingMinutes: null };
    expect(config({ PARLEY_REMINDERS: 'null' }).reminders).toEqual(off);
  });
});

describe('the events', () => {
  it('are those of the contract, any of them', () => {
    const all = Object.keys(BUS_EVENTS);
    expect(config({ PARLEY_EVENTS: JSON.stringify(all) }).events).toEqual(all);
    expect(config({ PARLEY_EVENTS: [] }).events).toEqual([]);
  });
});

describe('settings', () => {
  it('come from the environment before the context, where a blank counts as absent', () => {
    const read = settingsOf({ A: 'environment', B: ' ' }, (name) => `context ${name}`);
    expect(['A', 'B', 'C'].map(read)).toEqual(['environment', 'context B', 'context C']);
  });
});

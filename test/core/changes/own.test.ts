/** Who may change a message. */
import { describe, expect, it } from 'vitest';

import { checkAge, checkOwn, checkUndeleted } from '#core/changes/own.ts';

import { aMessage, CUSTOMER, START_MS, VENDOR } from '../../support/builders.ts';

const by = (member: typeof CUSTOMER, nowMs = START_MS) => ({
  member,
  nowMs,
  at: new Date(nowMs).toISOString(),
});
const DAY_MS = 24 * 3_600_000;
const forbidden = (message: string) =>
  expect.objectContaining({ code: 'forbidden', message: expect.stringContaining(message) });

describe('a message', () => {
  it('is its sender’s, and nobody’s where the system wrote it', () => {
    const { sender: _sender, ...system } = aMessage({ type: 'system' });
    expect(() => checkOwn(aMessage(), by(CUSTOMER))).not.toThrow();
    expect(() => checkOwn(aMessage(), by(VENDOR))).toThrow(forbidden('its sender'));
    expect(() => checkOwn(system, by(VENDOR))).toThrow(forbidden('of the system'));
  });

  it.each([
    [DAY_MS, false],
    [DAY_MS + 1, true],
    [-60_000, false],
  ])('of %i ms is too old: %s', (ageMs, isTooOld) => {
    const check = () => checkAge(aMessage(), by(CUSTOMER, START_MS + ageMs));
    const outcome = () => {
      try {
        return check();
      } catch (error) {
        return error;
      }
    };
    expect(outcome()).toEqual(isTooOld ? forbidden('24 hours') : undefined);
  });

  it('that was deleted is no longer one', () => {
    expect(() => checkUndeleted(aMessage())).not.toThrow();
    expect(() => checkUndeleted(aMessage({ deletedAt: 'then' }))).toThrow(forbidden('deleted'));
  });
});

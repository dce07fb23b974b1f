/** What is wrong with a form, in words of the reader's language. */
import { describe, expect, it } from 'vitest';

import {
  problemAt,
  problemsOf,
  wordsOfProblem,
} from '../../../../../web/inbox/settings/form/problems.ts';
import { settings } from '../../../../../web/words/en/settings.ts';

const { problem: words } = settings;

describe('a problem', () => {
  it.each([
    [{ path: 'hours.week.mon.0.to', code: 'order' } as const, 'It must end after it begins.'],
    [{ path: 'picture', message: 'is not of an allowed host' }, words.fields['picture']],
    [{ path: 'hours.timeZone', message: 'must be an IANA time zone' }, words.fields['timeZone']],
    [{ path: 'hours.week.mon', message: 'must be in order' }, words.fields['week']],
    [{ path: 'messages.1', message: 'may fill in customer' }, words.fields['messages']],
    [{ path: 'colour', message: 'is no field' }, 'is no field'],
    [{ path: '' }, ''],
  ])('%j is put in words', (problem, expected) => {
    expect(wordsOfProblem(problem, words)).toBe(expected);
  });

  it.each([
    ['hours.week.mon.0.to', 'Monday'],
    ['hours.week.sun', 'Sunday'],
    ['hours.holidays.2.date', 'Other day 3'],
    ['hours.timeZone', 'Time zone'],
    ['messages.0', 'Message 1'],
    ['name', 'Shop name'],
    ['colour', 'Settings'],
  ])('at %s is said to be at %s', (path, expected) => {
    expect(words.at(path)).toBe(expected);
  });
});

it('stands at its own field', () => {
  const problems = problemsOf([{ path: 'name', message: 'must not be blank' }]);
  expect(problemAt(problems, 'name')).toEqual({ path: 'name', message: 'must not be blank' });
  expect(problemAt(problems, 'picture')).toBeUndefined();
  expect(problemsOf(undefined)).toEqual([]);
});

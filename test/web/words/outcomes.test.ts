/** What the words say of a refusal: at once where they know it, else with words that are fetched, and never nothing. */
import { expect, it } from 'vitest';

import { wordsOf } from '../../../web/words/outcomes.ts';

/** Words whose further refusals come, or do not. */
function speak(loadRefusals: () => Promise<{ forbidden?: string }>) {
  let loads = 0;
  const words = wordsOf({
    failures: { other: 'Not sent.' },
    refusals: { unavailable: 'No connection.', other: 'That did not work.' },
    loadRefusals: () => {
      loads += 1;
      return loadRefusals();
    },
    notes: { closed: 'Closed', reopened: 'Open', other: 'Changed' },
    away: (text) => text ?? 'Away',
    showsAgent: false,
  });
  return { words, loads: () => loads };
}

it('says what it knows without fetching anything', async () => {
  const { words, loads } = speak(async () => ({}));
  expect(await words.refused('unavailable')).toBe('No connection.');
  expect(loads()).toBe(0);
});

it('fetches the words for what it does not know', async () => {
  const { words } = speak(async () => ({ forbidden: 'Too late for that.' }));
  expect(await words.refused('forbidden')).toBe('Too late for that.');
  expect(await words.refused('conflict')).toBe('That did not work.');
});

it('has something to say where they do not come, and asks for them again', async () => {
  const { words, loads } = speak(() => Promise.reject(new Error('offline')));
  expect(await words.refused('forbidden')).toBe('That did not work.');
  expect(await words.refused('forbidden')).toBe('That did not work.');
  expect(loads()).toBe(2);
});

/** The catalogues side by side: every language says everything that English says, with the same parameters. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { type Language, LANGUAGES } from '../../../web/words/language.ts';
import { launchWords } from '../../../web/words/launch.ts';
import { COUNTS, leaves, type Leaf, say, usedParameters } from '../../support/words.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../web/words');
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

/** What a language's files export, by area. */
async function catalogueOf(language: Language): Promise<Map<string, Leaf>> {
  const files = readdirSync(path.join(FOLDER, language)).toSorted();
  const parts = await Promise.all(
    files.map(async (file) => {
      const words: unknown = await import(path.join(FOLDER, language, file));
      return leaves(words, file.replace('.ts', ''));
    }),
  );
  return new Map([...parts.flat(), ...leaves(launchWords[language], 'launch')]);
}

const catalogues = new Map(
  await Promise.all(
    LANGUAGES.map(async (language) => [language, await catalogueOf(language)] as const),
  ),
);
const english = catalogues.get('en') ?? new Map<string, Leaf>();

/** Words that are the same in German by right; names and formats, which every script keeps. */
const SHARED = new Set([
  'Shop',
  'Shops',
  'Online',
  'Bazari',
  'Name',
  'Status',
  'Team',
  'Version',
  'Emoji',
  'Emojis',
]);
const NAMES =
  /\b(?:Parley|HTML|React|https|PDFs?|Alt|Esc|Escape|Enter|Shift|Ctrl|customer|product|shop|agent)\b/gu;

describe('English', () => {
  it('is a catalogue worth comparing with', () => {
    expect(english.size).toBeGreaterThan(150);
  });
});

describe.each(OTHERS)('%s', (language) => {
  const words = catalogues.get(language) ?? new Map<string, Leaf>();

  it('has exactly the keys of English', () => {
    expect([...words.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it('has for each key the same kind of words', () => {
    const differing = [...english].filter(([key, leaf]) => words.get(key)?.kind !== leaf.kind);
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('says as much with the parameters as English', () => {
    const differing = [...english].filter(
      ([key, leaf]) => String(usedParameters(leaf)) !== String(usedParameters(words.get(key))),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('says something for everything', () => {
    const silent = [...words].filter(([, leaf]) => say(leaf).some((text) => text.trim() === ''));
    expect(silent.map(([key]) => key)).toEqual([]);
  });

  it('has nothing left in English', () => {
    const same = [...english].filter(([key, leaf]) => {
      const [theirs = '', ours = ''] = [say(leaf)[0], say(words.get(key))[0]];
      return isSpoken(key, leaf) && /\p{Script=Latin}{2}/u.test(theirs) && theirs === ours;
    });
    expect(same.map(([key, leaf]) => `${key}: ${say(leaf)[0]}`)).toEqual([]);
  });

  it('fills in everything: no placeholder, no NaN, nothing undefined', () => {
    const unfilled = [...words].flatMap(([key, leaf]) =>
      say(leaf)
        .filter((text) => /#|NaN|undefined|\[object|\$\{/u.test(text))
        .map((text) => `${key}: ${text}`),
    );
    expect(unfilled).toEqual([]);
  });

  it('says every number from three on, in digits', () => {
    const numbers = new Intl.NumberFormat(language);
    const counting = [...words].filter(([, leaf]) => usedParameters(leaf).includes('count'));
    const silent = counting.filter(([, leaf]) => {
      const texts = say(leaf).join(' ');
      return COUNTS.some((count) => count > 2 && !texts.includes(numbers.format(count)));
    });
    expect(silent.map(([key]) => key)).toEqual([]);
  });
});

describe.each(LANGUAGES)('the sentences for what happens, in %s', (language) => {
  const words = catalogues.get(language) ?? new Map<string, Leaf>();
  const sentence = (key: string, ...parameters: unknown[]) => {
    const leaf = words.get(key);
    if (typeof leaf?.value !== 'function') throw new Error(`${key} is no function.`);
    return String(leaf.value(...parameters));
  };

  it.each(['customer.customer.words', 'inbox.inbox.words'])(
    '%s repeat the automatic words',
    (key) => {
      expect(sentence(`${key}.note`, 'away', { text: 'Back on Monday' })).toContain(
        'Back on Monday',
      );
      const other = sentence(`${key}.note`, 'away', {});
      expect(other).not.toBe('');
      expect(other).not.toContain('null');
    },
  );

  it('differ for what closes, what opens, and what nobody knows yet', () => {
    const events = ['closed', 'reopened', 'away', 'some day'];
    const notes = events.map((event) => sentence('customer.customer.words.note', event, {}));
    expect(new Set(notes).size).toBe(events.length);
  });
});

describe.each(['ka', 'ar'] as const)('the script of %s', (language) => {
  it('is its own, but for names', () => {
    const foreign = [...(catalogues.get(language) ?? [])].flatMap(([key, leaf]) =>
      say(leaf)
        .filter((text) => isSpoken(key, leaf) && /[A-Za-z]{2}/u.test(text.replaceAll(NAMES, '')))
        .slice(0, 1)
        .map((text) => `${key}: ${text}`),
    );
    expect(foreign).toEqual([]);
  });
});

/** A tag of a language (`emoji.names` is one) and a switch are no words. */
function isSpoken(key: string, leaf: Leaf): boolean {
  const isShared = typeof leaf.value === 'string' && SHARED.has(leaf.value);
  return leaf.kind !== 'boolean' && !/\.(?:locale|names)$/u.test(key) && !isShared;
}

/** That the search of the logs finds what it looks for. */
import { describe, expect, it } from 'vitest';

import { Secrets } from './support/secrets.ts';

const TOKEN = `eyJhbGciOiJIUzI1NiJ9.${'p'.repeat(40)}.${'s'.repeat(40)}`;

function secrets(): Secrets {
  const all = new Secrets();
  all.addToken(TOKEN);
  all.addBody({
    text: 'Is it dishwasher safe? My kiln says no.',
    messages: [{ deep: 'Γειά σου' }],
  });
  all.addBody('{"reason":"he \\"spams\\" everybody"}');
  all.addBody('no JSON but a text');
  return all;
}

describe('the search of a log', () => {
  it.each([
    ['a text', 'said Is it dishwasher safe? My kiln says no.'],
    ['the beginning of one', 'text=Is it dishwasher safe? M…'],
    ['a text in a list', '{"messages":["Γειά σου"]}'],
    ['a text with quotes, as JSON', '{"reason":"he \\"spams\\" everybody"}'],
    ['a text that is no JSON', 'could not parse: no JSON but a text'],
    ['a token', `Bearer ${TOKEN}`],
    ['what a token says', `payload ${'p'.repeat(40)}`],
    ['a token’s signature', `signature ${'s'.repeat(40)}`],
    ['somebody else’s token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9'],
    ['an e-mail address', 'user nino@mail.example'],
  ])('finds %s', (_, log) => {
    expect(secrets().foundIn(log)).not.toEqual([]);
  });

  it('finds nothing in what only names things', () => {
    const all = secrets();
    all.addBody({ action: 'dance-dance', roomId: 'd-0123456789', type: 'unknown' });
    all.addBody('['.repeat(50_000) + ']'.repeat(50_000));
    expect(all.foundIn('refused dance-dance in d-0123456789: type unknown')).toEqual([]);
  });
});

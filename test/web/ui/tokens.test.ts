/** The contrast of every pair of colours that the screens put upon each other, in light and dark. */
import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../web/ui/tokens.css', import.meta.url), 'utf8');
const TOKEN = /--([\w-]+): (?:light-dark\((#\w+), (#\w+)\)|(#\w+));/gu;
const themes = { light: new Map<string, string>(), dark: new Map<string, string>() };
for (const [, name = '', light, dark, both = ''] of css.matchAll(TOKEN)) {
  themes.light.set(name, light ?? both);
  themes.dark.set(name, dark ?? both);
}

const PAIRS = [
  ['ink', 'bg'],
  ['ink', 'surface'],
  ['ink', 'surface-2'],
  ['ink', 'accent-soft'],
  ['ink', 'danger-soft'],
  ['ink-2', 'bg'],
  ['ink-2', 'surface'],
  ['ink-2', 'surface-2'],
  ['ink-2', 'surface-3'],
  ['ink-2', 'accent-soft'],
  ['bg', 'ink'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['accent-ink', 'bg'],
  ['accent-ink', 'surface'],
  ['accent-ink', 'accent-soft'],
  ['on-own', 'own'],
  ['ok', 'surface'],
  ['danger', 'surface'],
  ['danger', 'danger-soft'],
  ['notice-ink', 'notice-soft'],
] as const;

/** WCAG 2.2's relative luminance of "#rrggbb". */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const share = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

describe.each(Object.entries(themes))('in %s', (_, tokens) => {
  it.each(PAIRS)('%s on %s has a contrast of 4.5 or more', (text, ground) => {
    const [one, other] = [tokens.get(text), tokens.get(ground)];
    if (one === undefined || other === undefined) throw new Error(`No token ${text} or ${ground}.`);
    expect(contrast(one, other)).toBeGreaterThanOrEqual(4.5);
  });

  it('the focus ring stands out from every ground by 3 or more', () => {
    for (const ground of ['bg', 'surface', 'surface-2']) {
      expect(contrast(tokens.get('focus') ?? '', tokens.get(ground) ?? '')).toBeGreaterThanOrEqual(
        3,
      );
    }
  });
});

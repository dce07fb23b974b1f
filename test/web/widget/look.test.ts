/** The stylesheets made in script: themes, places, and an accent that stays legible. */
import { describe, expect, it } from 'vitest';

import { optionsCss, themedCss } from '../../../web/widget/look.ts';
import { parseOptions } from '../../../web/widget/options.ts';

const CSS = ':root{color-scheme:light dark;--a:light-dark(b,c)}';

describe('a stylesheet in a shadow root', () => {
  it('follows the system where no theme is asked for', () => {
    expect(themedCss(CSS, 'auto')).toBe(CSS.replaceAll(':root', '.host'));
  });

  it('is dark, or light, where that is asked for', () => {
    expect(themedCss(CSS, 'dark')).toBe('.host{color-scheme:dark;--a:light-dark(b,c)}');
    expect(themedCss(CSS, 'light')).toBe('.host{color-scheme:light;--a:light-dark(b,c)}');
  });

  it('goes by the reader’s size instead of that of the page’s root', () => {
    expect(themedCss('a{font-size:.75rem;margin:1rem 2px}', 'auto')).toBe(
      'a{font-size:calc(.75*var(--parley-rem,1rem));margin:calc(1*var(--parley-rem,1rem)) 2px}',
    );
  });
});

describe('the rules of the options', () => {
  const css = (attributes: Record<string, string>) =>
    optionsCss(parseOptions((name) => attributes[name] ?? null).options);

  it('place the widget, and leave the colours alone without an accent', () => {
    expect(css({ offset: '8 16' })).toBe('.corner,.host{--parley-inline:8px;--parley-block:16px}');
  });

  it('colour it with an accent', () => {
    expect(css({ accent: '#ffd400' })).toContain('--accent:#ffd400');
    expect(css({ accent: '#ffd400' })).toContain('--on-accent:lch(from #ffd400 ');
  });
});

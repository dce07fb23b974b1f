/** The widget's stylesheets: made in script, so that a page whose policy forbids inline styles takes them. */
import type { Theme, WidgetOptions } from './options.ts';

/**
 * A stylesheet as it reads inside a shadow root, in one theme or the system's. The tokens stand at our own elements, where
 * no rule of the page reaches them, and sizes go by the reader's font size instead of that of the page's root.
 */
export function themedCss(css: string, theme: Theme): string {
  const inside = css
    .replaceAll(':root', '.host')
    .replaceAll(/(\d*\.?\d+)rem\b/gu, 'calc($1*var(--parley-rem,1rem))');
  if (theme === 'auto') return inside;
  const isDark = theme === 'dark' ? 'all' : 'not all';
  return inside
    .replaceAll(/\(prefers-color-scheme:\s*dark\)/gu, isDark)
    .replaceAll(/color-scheme:\s*light dark/gu, `color-scheme:${theme}`);
}

/** The rules that follow from the options: the place and the accent. */
export function optionsCss({ offset, accent }: WidgetOptions): string {
  const place = `--parley-inline:${offset.inline}px;--parley-block:${offset.block}px`;
  return `.corner,.host{${place}}${accentCss(accent)}`;
}

/** The rules that follow from an accent; none for the built-in one. */
export function accentCss(accent: string | null): string {
  return accent === null ? '' : `.corner,.host,.pill{${accentTokens(accent)}}`;
}

/** Text on the accent is black or white, whichever is read better; where the accent is text, the ink keeps it legible. */
function accentTokens(accent: string): string {
  const on = onColour(accent);
  return [
    `--accent:${accent}`,
    `--accent-hover:color-mix(in srgb,${accent} 86%,${on === '#ffffff' ? '#000' : '#fff'})`,
    `--on-accent:${on}`,
    `--accent-soft:color-mix(in srgb,${accent} 14%,var(--surface))`,
    `--accent-ink:color-mix(in srgb,${accent} 45%,var(--ink))`,
    `--own:${accent}`,
    `--on-own:${on}`,
    `--on-own-2:${on}`,
  ].join(';');
}

/** Black or white, by WCAG's relative luminance of `#rrggbb`. */
export function onColour(colour: string): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const share = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000';
}

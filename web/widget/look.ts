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
  return theme === 'auto' ? inside : inside.replaceAll('light dark', theme);
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

/**
 * Text on the accent is black or white, whichever is read better: below the lightness of 49.44, where both have the same
 * contrast by WCAG, it is white. Where the accent is text, the ink keeps it legible.
 */
function accentTokens(accent: string): string {
  const on = `lch(from ${accent} calc((49.44 - l)*infinity) 0 0)`;
  return [
    `--accent:${accent}`,
    `--accent-hover:color-mix(in srgb,${accent} 86%,var(--ink))`,
    `--on-accent:${on}`,
    `--accent-soft:color-mix(in srgb,${accent} 14%,var(--surface))`,
    `--accent-ink:color-mix(in srgb,${accent} 45%,var(--ink))`,
    `--own:${accent}`,
    `--on-own:${on}`,
    `--on-own-2:${on}`,
  ].join(';');
}

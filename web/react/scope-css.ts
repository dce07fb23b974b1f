/** Keeps the built stylesheet inside `.parley`: a storefront's page must not change by importing it. */
import type { CSSOptions } from 'vite';

/** Vite brings PostCSS along, so these are its types. */
type Settings = Exclude<CSSOptions['postcss'], string | undefined>;
type Entry = NonNullable<Settings['plugins']>[number];
/** Those of before were functions. */
type Plugin = Extract<Exclude<Entry, (...input: never[]) => unknown>, { postcssPlugin: string }>;

const SCOPE = '.parley';

/** A PostCSS plugin. */
export function scopeCss(): Plugin {
  return {
    postcssPlugin: 'parley-scope',
    OnceExit: (sheet) => {
      sheet.walkRules((rule) => {
        // the steps of an animation are no selectors
        const isStep = rule.parent?.type === 'atrule' && rule.parent.name === 'keyframes';
        if (!isStep) rule.selectors = rule.selectors.map(scopeSelector);
      });
    },
  };
}

/** A selector that reaches nothing outside of the scope, which stands for the whole page. */
export function scopeSelector(selector: string): string {
  if (selector.startsWith(SCOPE)) return selector;
  const ofPage = /^(?::root|html|body)(?<rest>.*)$/su.exec(selector)?.groups?.['rest'];
  if (ofPage !== undefined) return `${SCOPE}${ofPage}`;
  // the scope itself says which way one writes
  if (selector.startsWith('[dir=')) return `${SCOPE}${selector}`;
  return `${SCOPE} ${selector}`;
}

/** Keeps the built stylesheet inside `.parley`: a storefront's page must not change by importing it. */

/** What is used of PostCSS's tree: Vite brings PostCSS along, and a plugin of it needs no import. */
interface Rules {
  walkRules: (visit: (rule: Rule) => void) => void;
}

interface Rule {
  selectors: string[];
  parent?: { name?: string } | undefined;
}

interface Media extends Rules {
  params: string;
  nodes: unknown[];
  clone: () => Media;
  after: (nodes: unknown[]) => void;
}

interface Sheet extends Rules {
  walkAtRules: (name: string, visit: (media: Media) => void) => void;
}

const SCOPE = '.parley';
const DARK = /^\(prefers-color-scheme:\s*dark\)$/u;

/** A PostCSS plugin. What holds for a dark system holds for `data-theme="dark"` too, and not for `"light"`. */
export function scopeCss() {
  return {
    postcssPlugin: 'parley-scope',
    OnceExit: (sheet: Sheet): void => {
      sheet.walkRules((rule) => {
        // the steps of an animation are no selectors
        if (rule.parent?.name !== 'keyframes') rule.selectors = rule.selectors.map(scopeSelector);
      });
      sheet.walkAtRules('media', addTheme);
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

function addTheme(media: Media): void {
  if (!DARK.test(media.params)) return;
  const dark = media.clone();
  within(media, `${SCOPE}:not([data-theme='light'])`);
  within(dark, `${SCOPE}[data-theme='dark']`);
  media.after(dark.nodes);
}

function within(media: Media, scope: string): void {
  media.walkRules((rule) => {
    rule.selectors = rule.selectors.map((selector) => selector.replace(SCOPE, scope));
  });
}

/** For the build: elements are made by Preact's `h`, whose calls are shorter than those of the JSX runtime. */
import type { Plugin } from 'vite';

/** For the compiler: names that no module of ours has. */
export const JSX_BY_H = { runtime: 'classic', pragma: '$h', pragmaFrag: '$F' } as const;

/** Brings the two names into every module that has elements. */
export function jsxByH(): Plugin {
  const { pragma, pragmaFrag } = JSX_BY_H;
  return {
    name: 'parley:jsx-by-h',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.tsx')) return null;
      // on the first line, so that every line keeps its number
      const names = `import { h as ${pragma}, Fragment as ${pragmaFrag} } from 'preact';`;
      return { code: names + code, map: null };
    },
  };
}

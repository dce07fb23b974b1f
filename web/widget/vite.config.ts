/** How the widget is built: `widget.js` and the parts that it loads later, on Preact, for any page. */
import { defineConfig } from 'vite';

import { cssOfParts } from './css-of-parts.ts';

export default defineConfig({
  root: import.meta.dirname,
  // the parts stand beside `widget.js`, wherever that is served from
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [cssOfParts(`${import.meta.dirname}/widget.ts`)],
  resolve: {
    alias: [
      { find: /^react(?:-dom\/client)?$/u, replacement: `${import.meta.dirname}/react.ts` },
      { find: /^react\/jsx-runtime$/u, replacement: 'preact/jsx-runtime' },
      {
        find: /^\.\/(?:use-suggestions\.ts|SuggestionList\.tsx)$/u,
        replacement: `${import.meta.dirname}/no-suggestions.ts`,
      },
    ],
  },
  build: {
    outDir: '../../build/widget',
    emptyOutDir: true,
    target: 'es2022',
    // its helper would be a third of the launcher
    modulePreload: false,
    rollupOptions: {
      input: `${import.meta.dirname}/widget.ts`,
      // no module of ours does anything by being imported: what nobody uses of it need not come
      treeshake: {
        moduleSideEffects: [{ test: /\/(?:lib|web)\/(?!widget\/widget\.ts)/u, sideEffects: false }],
      },
      output: { entryFileNames: 'widget.js', chunkFileNames: 'parley-[name]-[hash].js' },
    },
  },
});

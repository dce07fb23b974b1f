/** How the widget is built: `widget.js` and the parts that it loads later, on Preact, for any page. */
import path from 'node:path';

import { defineConfig } from 'vite';

import { cssOfParts } from './bundle/css-of-parts.ts';
import { importAgain } from './bundle/import-again.ts';
import { JSX_BY_H, jsxByH } from './bundle/jsx-by-h.ts';
import { onePart } from './bundle/one-part.ts';

/** Nobody suggests anything to a customer. */
const SUGGESTIONS = /^\.\/(?:use-suggestions\.ts|SuggestionList\.tsx)$/u;

const inWeb = (file: string) => path.resolve(import.meta.dirname, '..', file);

export default defineConfig({
  root: import.meta.dirname,
  // the parts stand beside `widget.js`, wherever that is served from
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [cssOfParts(`${import.meta.dirname}/widget.ts`, SUGGESTIONS), jsxByH(), importAgain()],
  oxc: { jsx: JSX_BY_H },
  resolve: {
    alias: [
      { find: /^react(?:-dom\/client)?$/u, replacement: `${import.meta.dirname}/react.ts` },
      { find: SUGGESTIONS, replacement: `${import.meta.dirname}/no-suggestions.ts` },
    ],
  },
  build: {
    outDir: '../../build/widget',
    emptyOutDir: true,
    target: 'es2022',
    // those that know `light-dark()`: what stands in for it elsewhere would be twice the tokens
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // a library, or every part would be loaded by way of a helper for stylesheets that there are not
    lib: {
      entry: `${import.meta.dirname}/widget.ts`,
      formats: ['es'],
      fileName: () => 'widget.js',
    },
    rollupOptions: {
      preserveEntrySignatures: 'allow-extension',
      // no module of ours does anything by being imported: what nobody uses of it need not come
      treeshake: {
        moduleSideEffects: [{ test: /\/(?:lib|web)\/(?!widget\/widget\.ts)/u, sideEffects: false }],
        // nor by reading a property
        propertyReadSideEffects: false,
        unknownGlobalSideEffects: false,
      },
      output: {
        minify: true,
        comments: false,
        chunkFileNames: 'parley-[name]-[hash].js',
        codeSplitting: onePart('chat', {
          // what the words of every language need comes with it
          of: ['widget/panel/door.ts', 'words/plural.ts', 'words/outcomes.ts'].map(inWeb),
          besides: [inWeb('widget/widget.ts')],
          apart: [inWeb('widget/panel/door.ts')],
        }),
      },
    },
  },
});

/** How the widget is built: `widget.js` and the parts that it loads later, on Preact, for any page. */
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // the parts stand beside `widget.js`, wherever that is served from
  base: './',
  publicDir: false,
  logLevel: 'warn',
  resolve: {
    alias: [
      { find: /^react$/u, replacement: 'preact/compat' },
      { find: /^react-dom\/client$/u, replacement: 'preact/compat/client' },
      { find: /^react-dom$/u, replacement: 'preact/compat' },
      { find: /^react\/jsx-runtime$/u, replacement: 'preact/jsx-runtime' },
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

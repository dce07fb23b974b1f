/** How the React components are built: `parley.js`, its parts, `parley.css` and the types, on the React of the storefront. */
import { defineConfig } from 'vite';

import { declarations } from './declarations.ts';
import { scopeCss } from './scope-css.ts';

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  logLevel: 'warn',
  plugins: [declarations()],
  css: { postcss: { plugins: [scopeCss()] } },
  build: {
    outDir: '../../build/react',
    emptyOutDir: true,
    target: 'es2022',
    // one stylesheet, whatever is loaded later: nothing is drawn before its styles are there
    cssCodeSplit: false,
    lib: { entry: 'parley.ts', formats: ['es'], fileName: 'parley', cssFileName: 'parley' },
    rollupOptions: {
      // the types take most of the time, as they must
      checks: { pluginTimings: false },
      external: [/^react(?:$|\/)/u, /^react-dom(?:$|\/)/u],
      output: { chunkFileNames: 'parley-[name]-[hash].js' },
    },
  },
});

/** How the React components are built: `parley.js`, its parts and `parley.css`, on the React of the storefront. */
import { defineConfig } from 'vite';

import { scopeCss } from './scope-css.ts';

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  logLevel: 'warn',
  css: { postcss: { plugins: [scopeCss()] } },
  build: {
    outDir: '../../build/react',
    emptyOutDir: true,
    target: 'es2022',
    // one stylesheet, whatever is loaded later: nothing is drawn before its styles are there
    cssCodeSplit: false,
    lib: { entry: 'parley.ts', formats: ['es'], fileName: 'parley', cssFileName: 'parley' },
    rollupOptions: {
      external: [/^react(?:$|\/)/u, /^react-dom(?:$|\/)/u],
      output: { chunkFileNames: 'parley-[name]-[hash].js' },
    },
  },
});

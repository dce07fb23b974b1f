/** How the web is built, and served while it is worked on: one page with every app a chunk of its own, and the widget's examples. */
import { globSync } from 'node:fs';

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const ROOT = import.meta.dirname;

/** The examples name `widget.js` as other people's pages do; from source it is this. */
const widgetFromSource: Plugin = {
  name: 'widget-from-source',
  configureServer(server) {
    server.middlewares.use((request, _, next) => {
      if (request.url === '/widget/widget.js') request.url = '/widget/widget.ts';
      next();
    });
  },
};

/** Preact stands in for React in the built site: an inbox on a phone waits for half as much. */
const SMALL: Readonly<Record<string, string>> = {
  react: 'preact/compat',
  'react-dom': 'preact/compat',
  'react-dom/client': 'preact/compat/client',
  'react/jsx-runtime': 'preact/jsx-runtime',
};

/** The React example is for pages that have React, and so are React's own modules. */
const ON_REACT = /\/widget\/example-react\/|\/node_modules\/(?:react|react-dom|scheduler)\//u;

const preactForReact: Plugin = {
  name: 'preact-for-react',
  apply: 'build',
  enforce: 'pre',
  resolveId(source, importer) {
    const small = Object.hasOwn(SMALL, source) ? SMALL[source] : undefined;
    if (small === undefined || importer === undefined || ON_REACT.test(importer)) return null;
    return this.resolve(small, importer, { skipSelf: true });
  },
};

export default defineConfig({
  root: ROOT,
  plugins: [preactForReact, react(), widgetFromSource],
  appType: 'spa',
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    target: 'es2022',
    // what loads what: the budgets of test/web read it
    manifest: true,
    // the policy of the site forbids what is inlined
    assetsInlineLimit: 0,
    rollupOptions: { input: [`${ROOT}/index.html`, ...globSync(`${ROOT}/widget/*.html`)] },
  },
});

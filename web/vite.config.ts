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

export default defineConfig({
  root: ROOT,
  plugins: [react(), widgetFromSource],
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

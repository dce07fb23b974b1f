/** How the web is served in development and built: one page, every app a chunk of its own. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // one port for people: the local runtime serves the page, the API and the socket
  appType: 'spa',
  build: { outDir: '../build/web', emptyOutDir: true, target: 'es2022' },
});

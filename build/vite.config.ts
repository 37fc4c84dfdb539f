import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

/** Vite drops the attribute that keeps a page in the wrong theme from being drawn before its script has chosen the right one. */
const drawnAfterItsScript: Plugin = {
  name: 'drawn-after-its-script',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module" ', '<script type="module" blocking="render" '),
  },
};

/**
 * The window's bundle. It is served from the root of its origin, both by the app's own protocol and by serve mode, under a policy
 * without inline scripts and without other origins: so nothing is inlined and no polyfill is injected.
 */
export default defineConfig({
  root: `${projectRoot}renderer`,
  base: '/',
  cacheDir: `${projectRoot}dist/cache/vite`,
  publicDir: false,
  plugins: [react(), drawnAfterItsScript],
  // The other way, by PostCSS, warns on the console of every build about styles that are composed of another file's.
  css: { transformer: 'lightningcss' },
  build: {
    outDir: `${projectRoot}dist/renderer`,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
});

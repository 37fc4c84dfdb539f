import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

/**
 * The window's bundle. It is served from the root of its origin, both by the app's own protocol and by serve mode, under a policy
 * without inline scripts and without other origins: so nothing is inlined and no polyfill is injected.
 */
export default defineConfig({
  root: `${projectRoot}renderer`,
  base: '/',
  cacheDir: `${projectRoot}dist/cache/vite`,
  publicDir: false,
  plugins: [react()],
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

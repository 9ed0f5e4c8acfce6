import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// In development the API answers from a control plane of one's own: HAVEN_URL, or the port it has by default.
const controlPlane = process.env.HAVEN_URL ?? 'http://localhost:7350';
// It refuses what a page of another origin asks for, so requests leave here as its own page's.
const proxied = { target: controlPlane, changeOrigin: true, headers: { origin: controlPlane } };

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // The page's policy allows scripts from files alone.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: Object.fromEntries(['/api', '/openapi.json', '/docs'].map((path) => [path, proxied])),
  },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], environment: 'node' },
});

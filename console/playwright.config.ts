import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

/**
 * Browser tests against a real control plane: the one that HAVEN_URL names (with HAVEN_EMAIL, HAVEN_PASSWORD and
 * HAVEN_SAMPLE_GIT_URL), or else a demo of their own, which is removed afterwards.
 */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/environment.ts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    viewport: { width: 1280, height: 860 },
    actionTimeout: 30_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: fileURLToPath(new URL('e2e/chromium', import.meta.url)),
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});

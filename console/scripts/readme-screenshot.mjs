// Saves docs/images/console.png, the picture of the README: the newest deployment of the first application of a real
// control plane. Needs HAVEN_URL, HAVEN_EMAIL and HAVEN_PASSWORD, such as those of ./haven demo.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const { HAVEN_URL, HAVEN_EMAIL, HAVEN_PASSWORD, HAVEN_CHROMIUM = '/usr/bin/chromium' } = process.env;
if (!HAVEN_URL || !HAVEN_EMAIL || !HAVEN_PASSWORD) {
  console.error('usage: HAVEN_URL=… HAVEN_EMAIL=… HAVEN_PASSWORD=… npm run screenshots');
  process.exit(2);
}
const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: HAVEN_CHROMIUM,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
});
const page = await browser.newPage({
  viewport: { width: 1280, height: 800 },
  deviceScaleFactor: 1.5,
  colorScheme: 'light',
  locale: 'en-GB',
});
await page.goto(HAVEN_URL);
await page.getByLabel('Email').fill(HAVEN_EMAIL);
await page.getByRole('textbox', { name: 'Password' }).fill(HAVEN_PASSWORD);
await page.getByRole('button', { name: 'Sign in' }).click();
await page
  .getByRole('article')
  .first()
  .getByRole('link', { name: /Running|Degraded|Deploying/ })
  .first()
  .click();
await page.getByRole('link', { name: /^#\d+/ }).first().click();
await page.getByRole('list', { name: 'Steps' }).waitFor();
await page.getByRole('log').getByText(/\S/).first().waitFor();
await page.evaluate('document.fonts.ready.then(() => undefined)');
await page.mouse.move(0, 0);
await page.screenshot({ path: `${folder}console.png`, animations: 'disabled' });
await browser.close();
console.log(`${folder}console.png`);

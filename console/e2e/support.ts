import { get } from 'node:https';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The browser tests need ${name}.`);
  return value;
}

/** What the tests run against; read when they do, since the set-up may have started it. */
export const haven = {
  get url() {
    return required('HAVEN_URL');
  },
  get email() {
    return required('HAVEN_EMAIL');
  },
  get password() {
    return required('HAVEN_PASSWORD');
  },
  get gitUrl() {
    return required('HAVEN_SAMPLE_GIT_URL');
  },
  /** A control plane that nobody has set up, and the token that its first start has printed. */
  get fresh() {
    return { url: required('HAVEN_FRESH_URL'), token: required('HAVEN_FRESH_TOKEN') };
  },
};

/** Asks for a page through the edge, by a name that no name server knows; answers the status. */
export function throughEdge(host: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const address = { host: '127.0.0.1', port: required('HAVEN_EDGE_PORT'), servername: host, headers: { host } };
    const asked = get({ ...address, path, rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
  });
}

/** A test whose pages tell what went wrong in the browser's own console. */
export const test = base.extend<{ faults: string[] }>({
  faults: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        // An answer of 4xx is the business of the test that provokes it.
        if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
          faults.push(message.text());
      });
      await use(faults);
      expect(faults, 'errors in the browser').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

interface Account {
  url: string;
  email: string;
  password: string;
}

export async function signIn(page: Page, { url, email, password } = haven as Account): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Email').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Projects', level: 1 })).toBeVisible();
}

/** WCAG 2.2 A and AA, as far as a machine can tell, in both themes. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await expectNoViolations(page, `${name}, ${scheme}`);
  }
}

/** The same in the theme that is shown; of all rules, or of the named ones. */
export async function expectNoViolations(page: Page, name: string, rules: string[] = []): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (
    rules.length > 0
      ? axe.withRules(rules)
      : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  ).analyze();
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n    ${nodes
        .slice(0, 4)
        .map(({ html }) => html.slice(0, 220))
        .join('\n    ')}`,
  );
  expect(found, name).toEqual([]);
}

/** At the width of a phone nothing makes the page itself scroll sideways. */
export async function expectFitsPhone(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overflow, { message: `${name}: pixels beyond the screen` }).toBeLessThanOrEqual(0);
  if (size) await page.setViewportSize(size);
}

/** The page has what it shows: nothing is loading any more. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
}

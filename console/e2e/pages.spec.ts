import { randomBytes } from 'node:crypto';
import { expect, expectAccessible, expectFitsPhone, haven, settled, signIn, test } from './support';

test('the sign-in refuses with a reason and is accessible', async ({ page }) => {
  await page.goto(haven.url);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expectAccessible(page, 'sign in');
  await expectFitsPhone(page, 'sign in');

  await page.getByLabel('Email').fill(haven.email);
  await page.getByRole('textbox', { name: 'Password' }).fill('not the password at all');
  await page.getByRole('button', { name: 'Sign in' }).click();

  await expect(page.getByRole('alert')).toContainText('Request');
});

test('every page of the team is accessible and fits a phone', async ({ page }) => {
  await signIn(page);
  const links = [
    'Projects',
    'Servers',
    'Realms',
    'Git credentials',
    'Members',
    'API tokens',
    'Audit log',
    'Team settings',
  ];
  for (const name of links) {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await settled(page);
    await expectAccessible(page, name);
    await expectFitsPhone(page, name);
  }
  await page.getByRole('button', { name: /account and theme/ }).click();
  await page.getByRole('menuitem', { name: 'Account' }).click();
  await settled(page);
  await expectAccessible(page, 'Account');
  await expectFitsPhone(page, 'Account');
});

test('a deep link comes back after the sign-in, and unknown addresses say so', async ({ page }) => {
  await page.goto(`${haven.url}/account`);
  await expect(page).toHaveURL(/sign-in\?next=/);
  await page.getByLabel('Email').fill(haven.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(haven.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Account' })).toBeVisible();

  await page.goto(`${haven.url}/no/such/page`);
  await expect(page.getByText('There is nothing at this address')).toBeVisible();

  await page.goto(`${haven.url}/sign-in?next=//elsewhere.example`);
  await expect(page.getByRole('heading', { name: 'Projects', level: 1 })).toBeVisible();
});

test('the keyboard alone finds a page by Ctrl+K', async ({ page }) => {
  await signIn(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Go to' }).fill('audit');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { name: 'Audit log' })).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
});

test('a person is invited, joins with a link that works once, and sees what the role allows', async ({
  page,
  browser,
}) => {
  const email = `mate-${randomBytes(4).toString('hex')}@example.com`;
  await signIn(page);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Members' }).click();
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByLabel('Email').fill(email);
  await page.getByRole('radio', { name: 'Viewer' }).check();
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.getByTestId('copy-value').innerText();

  const guest = await browser.newContext();
  const theirs = await guest.newPage();
  await theirs.goto(link.trim());
  await expect(theirs.getByText(email)).toBeVisible();
  await expectAccessible(theirs, 'invitation');
  await theirs.getByLabel('Your name').fill('Mate');
  await theirs.getByRole('textbox', { name: 'Password' }).fill('four unrelated words here');
  await theirs.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(theirs.getByRole('heading', { name: 'Projects', level: 1 })).toBeVisible();

  const create = theirs.getByRole('button', { name: 'New project' }).first();
  await expect(create).toHaveAttribute('aria-disabled', 'true');
  await create.hover();
  await expect(theirs.getByRole('tooltip')).toContainText('projects:write');
  await guest.close();

  await page.getByRole('button', { name: 'Done' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'More for Mate' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the team' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('cell', { name: email })).toHaveCount(0);
});

test('a token is shown once, works within its limits, and is revoked', async ({ page, request }) => {
  const name = `ci ${randomBytes(3).toString('hex')}`;
  await signIn(page);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API tokens' }).click();
  await page.getByRole('button', { name: 'New token' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await settled(page);
  await expectAccessible(page, 'new token');
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const token = (await dialog.getByTestId('copy-value').innerText()).trim();
  expect(token).toMatch(/^hkt_/);

  const headers = { Authorization: `Bearer ${token}` };
  expect((await request.get(`${haven.url}/api/v1/teams`, { headers })).status()).toBe(200);
  const { items } = (await (await request.get(`${haven.url}/api/v1/teams`, { headers })).json()) as {
    items: { id: string }[];
  };
  const team = items[0]?.id ?? '';
  expect((await request.post(`${haven.url}/api/v1/teams/${team}/projects`, { headers, data: { name } })).status()).toBe(
    403,
  );

  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText(name)).toHaveCount(0);
  expect((await request.get(`${haven.url}/api/v1/teams`, { headers })).status()).toBe(401);
});

test('a bad repository is explained where it was typed', async ({ page }) => {
  await signIn(page);
  await page.getByRole('button', { name: 'New project' }).first().click();
  const name = `Check ${randomBytes(3).toString('hex')}`;
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Create project' }).click();
  await page.getByRole('button', { name: 'New application' }).first().click();
  await page
    .getByRole('textbox', { name: 'Repository' })
    .fill(haven.gitUrl.replace('sample-app', 'no-such-repository'));
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('alert')).toContainText('Request');

  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'More for this project' }).click();
  await page.getByRole('menuitem', { name: 'Delete project' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { name: 'Projects', level: 1 })).toBeVisible();
});

import { randomBytes } from 'node:crypto';
import { expect, expectAccessible, expectFitsPhone, settled, signIn, test } from './support';

test('a realm is made, then a client whose secret is shown once, then a user who is blocked and found', async ({
  page,
}) => {
  const name = `console-${randomBytes(3).toString('hex')}`;
  await signIn(page);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Realms' }).click();
  await page.getByRole('button', { name: 'New realm' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('No Such Name');
  await dialog.getByRole('button', { name: 'Create realm' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Request');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await dialog.getByLabel('Display name').fill('Acme Shop');
  await expectAccessible(page, 'new realm');
  await dialog.getByRole('button', { name: 'Create realm' }).click();
  await expect(page.getByRole('heading', { name: 'Acme Shop', level: 1 })).toBeVisible();
  await expect(page.getByText(`/realms/${name}/.well-known/openid-configuration`)).toBeVisible();

  const tabs = page.getByRole('navigation', { name: 'Realm' });
  await tabs.getByRole('link', { name: 'Clients' }).click();
  await page.getByRole('button', { name: 'New client' }).first().click();
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Web shop');
  await dialog.getByLabel('Client id').fill('web-shop');
  await dialog.getByLabel('Redirect URIs').fill('http://shop.example.com/callback');
  await dialog.getByRole('button', { name: 'Create client' }).click();
  await expect(dialog.getByLabel('Redirect URIs')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Redirect URIs').fill('https://shop.example.com/callback');
  await dialog.getByRole('button', { name: 'Create client' }).click();
  const values = dialog.getByTestId('copy-value');
  await expect(values).toHaveCount(3);
  await expect(values.first()).toHaveText('web-shop');
  const secret = await values.nth(1).innerText();
  await expectAccessible(page, "a client's secret");
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('heading', { name: 'Web shop', level: 2 })).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);

  await page.getByLabel('Addresses after signing out').fill('https://shop.example.com/');
  await page.getByRole('switch', { name: 'Ask people for their consent' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Everything is saved.')).toBeVisible();
  await expectAccessible(page, 'a client');
  await expectFitsPhone(page, 'a client');

  await tabs.getByRole('link', { name: 'Users' }).click();
  await page.getByRole('button', { name: 'New user' }).first().click();
  await dialog.getByLabel('Email').fill('ada@example.com');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Lovelace');
  await dialog.getByRole('textbox', { name: 'Password' }).fill('seven quiet otters');
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await expect(page.getByRole('heading', { name: 'Ada Lovelace', level: 2 })).toBeVisible();
  await page.getByRole('button', { name: 'Block' }).click();
  await dialog.getByRole('button', { name: 'Block' }).click();
  await expect(page.getByText('blocked', { exact: true })).toBeVisible();
  await settled(page);
  await expectAccessible(page, 'a user');
  await expectFitsPhone(page, 'a user');

  await page.getByRole('link', { name: 'All users' }).click();
  await page.getByLabel('Find a user').fill('nobody');
  await expect(page.getByText('Nobody is called that')).toBeVisible();
  await page.getByLabel('Find a user').fill('ada@');
  await expect(page).toHaveURL(/search=ada/);
  await expect(page.getByRole('row').filter({ hasText: 'Ada Lovelace' })).toContainText('blocked');

  for (const tab of ['Overview', 'Clients', 'Users', 'Events', 'Keys', 'Settings']) {
    await tabs.getByRole('link', { name: tab }).click();
    await settled(page);
    await expectAccessible(page, tab);
    await expectFitsPhone(page, tab);
  }
  await page.getByLabel('Sessions without use').fill('1');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Sessions without use')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Sessions without use').fill('3600');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Everything is saved.')).toBeVisible();

  await page.getByRole('button', { name: 'Delete realm' }).click();
  await dialog.getByRole('textbox').fill(name);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { name: 'Realms', level: 1 })).toBeVisible();
  await expect(page.getByText(name)).toHaveCount(0);
});

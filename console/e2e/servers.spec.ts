import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, expectAccessible, signIn, test } from './support';

const VPS = fileURLToPath(new URL('../../lab/vps', import.meta.url));

interface Machine {
  address: string;
  port: number;
  user: string;
  fingerprint: string;
  privateKey: string;
}

test('a server is added over SSH once its host key is confirmed', async ({ page }) => {
  const name = `console-${randomBytes(3).toString('hex')}`;
  try {
    const machine = JSON.parse(execFileSync(VPS, ['up', name], { encoding: 'utf8' })) as Machine;
    await signIn(page);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Servers' }).click();
    await page.getByRole('button', { name: 'Add server' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Host').fill(machine.address);
    await dialog.getByLabel('Port').fill(String(machine.port));
    await dialog.getByLabel('User').fill(machine.user);
    await dialog.getByText('Use my private key').click();
    await dialog.getByRole('textbox', { name: 'Private key' }).fill(readFileSync(machine.privateKey, 'utf8'));
    await expectAccessible(page, 'add server');
    await dialog.getByRole('button', { name: 'Continue' }).click();

    await dialog.getByRole('button', { name: 'Check the connection' }).click();
    await expect(dialog.getByText(machine.fingerprint)).toBeVisible();
    await expectAccessible(page, 'host key');
    await dialog.getByRole('button', { name: 'Yes, pin this key and check' }).click();
    await expect(dialog.getByRole('status')).toContainText('Docker Engine');
    await dialog.getByRole('button', { name: 'Done' }).click();

    await page.getByRole('button', { name: `More for ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText(name)).toHaveCount(0);
  } finally {
    execFileSync(VPS, ['down', name]);
  }
});

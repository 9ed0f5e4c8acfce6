import { randomBytes } from 'node:crypto';
import { expect, expectAccessible, expectFitsPhone, haven, settled, signIn, test, throughEdge } from './support';

const DEPLOYED = 180_000;

test('from a git repository to a served domain, and back to nothing', async ({ page }) => {
  const mark = randomBytes(3).toString('hex');
  const project = `Harbour ${mark}`;
  const host = `harbour-${mark}.localhost`;
  const state = page.getByTestId('deployment-state');
  const succeeded = () => expect(state).toHaveAttribute('data-state', 'succeeded', { timeout: DEPLOYED });
  const tab = (name: string) =>
    page.getByRole('navigation', { name: 'Application' }).getByRole('link', { name }).click();

  await test.step('sign in', () => signIn(page));

  await test.step('create a project', async () => {
    await page.getByRole('button', { name: 'New project' }).first().click();
    await page.getByLabel('Name').fill(project);
    await page.getByRole('button', { name: 'Create project' }).click();
    await expect(page.getByRole('heading', { name: project, level: 1 })).toBeVisible();
  });

  await test.step('create an application from a repository', async () => {
    await page.getByRole('button', { name: 'New application' }).first().click();
    await page.getByRole('textbox', { name: 'Repository' }).fill(haven.gitUrl);
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByRole('combobox', { name: 'Branch' })).toHaveValue('main');
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('sample-app');
    await expect(page.getByRole('textbox', { name: 'Port' })).toHaveValue('3000');
    await expectAccessible(page, 'new application');
    await expectFitsPhone(page, 'new application');
    await page.getByRole('button', { name: 'Create and deploy' }).click();
  });

  await test.step('watch its steps and log until it has succeeded', async () => {
    await expect(page.getByRole('list', { name: 'Steps' }).getByRole('listitem')).toHaveCount(7);
    await expect(page.getByRole('log', { name: 'Deployment log' })).toContainText(/\S/);
    await succeeded();
    const steps = page.getByRole('list', { name: 'Steps' });
    for (const name of ['fetching', 'building', 'starting', 'checking', 'switching']) {
      await expect(steps.locator(`[data-step="${name}"]`)).toHaveAttribute('data-state', 'succeeded');
    }
    await expectAccessible(page, 'deployment');
    await expectFitsPhone(page, 'deployment');
  });

  await test.step('add a domain', async () => {
    await tab('Domains');
    await page.getByRole('button', { name: 'Add domain' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Domain' }).first().fill(host);
    await expectAccessible(page, 'add domain');
    await dialog.getByRole('button', { name: 'Add domain' }).click();
    await expect(page.getByTestId('domain')).toHaveAttribute('data-state', 'active', { timeout: 30_000 });
    await expect(page.getByRole('link', { name: host })).toBeVisible();
  });

  await test.step('set a variable and re-release without a build', async () => {
    await tab('Variables');
    await page.getByRole('button', { name: 'Add variable' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('GREETING');
    await dialog.getByRole('textbox', { name: 'Value' }).fill(`Hello from ${mark}`);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('cell', { name: 'GREETING', exact: true })).toBeVisible();
    await page.getByTestId('pending-changes').getByRole('button', { name: 'Re-release' }).click();
    await succeeded();
    await expect(page.getByRole('list', { name: 'Steps' }).locator('[data-step="building"]')).toHaveAttribute(
      'data-state',
      'skipped',
    );
  });

  await test.step('roll back', async () => {
    await tab('Releases');
    const first = page.getByRole('row').filter({ hasText: '#1' });
    await first.getByRole('button', { name: 'Roll back' }).click();
    await succeeded();
    await tab('Releases');
    await expect(page.getByRole('row').filter({ hasText: '#1' })).toContainText('Active');
  });

  await test.step('read its logs', async () => {
    await tab('Logs');
    const log = page.getByRole('log', { name: 'Container logs' });
    await expect(log).toContainText(/\S{3}/);
    // A line written now stands there without anything being asked for again.
    expect(await throughEdge(host, `/log?count=1&id=${mark}`)).toBe(200);
    await expect(log).toContainText(`log ${mark} `);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Paused' })).toBeVisible();
    await page.getByRole('button', { name: 'Go on' }).click();
  });

  await test.step('every page of it is accessible and fits a phone', async () => {
    for (const name of ['Overview', 'Deployments', 'Logs', 'Variables', 'Domains', 'Releases', 'Settings']) {
      await tab(name);
      await settled(page);
      await expectAccessible(page, name);
      await expectFitsPhone(page, name);
    }
  });

  await test.step('delete it after seeing what goes', async () => {
    await tab('Settings');
    await page.getByRole('button', { name: 'Delete application' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByTestId('deletion-preview')).toContainText(host);
    await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
    await expectAccessible(page, 'deletion preview');
    await dialog.getByRole('textbox').fill('sample-app');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('Nothing in production yet')).toBeVisible({ timeout: 60_000 });
  });

  await test.step('delete the project', async () => {
    await page.getByRole('button', { name: 'More for this project' }).click();
    await page.getByRole('menuitem', { name: 'Delete project' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(project);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('heading', { name: 'Projects', level: 1 })).toBeVisible();
    await expect(page.getByRole('article', { name: project })).toHaveCount(0);
  });
});

import { expect, expectAccessible, expectFitsPhone, haven, signIn, test } from './support';

const owner = { email: 'first@example.com', password: 'a rather long first password' };

test('whoever holds the token sets the installation up, and a guesser is locked out', async ({ page }) => {
  const { url, token } = haven.fresh;
  const password = page.getByRole('textbox', { name: 'Password' });

  await test.step('another token is refused', async () => {
    await page.goto(url);
    await expect(page.getByRole('heading', { name: 'Set up Havenkeep' })).toBeVisible();
    await expectAccessible(page, 'set-up');
    await expectFitsPhone(page, 'set-up');
    await page.getByLabel('Set-up token').fill('not-the-token');
    await page.getByLabel('Your name').fill('First Owner');
    await page.getByLabel('Email').fill(owner.email);
    await password.fill(owner.password);
    await page.getByLabel('Team').fill('First');
    await page.getByRole('button', { name: 'Set up and sign in' }).click();
    await expect(page.getByRole('alert')).toContainText('token');
  });

  await test.step('the right one makes an owner, whose pages say what to do next', async () => {
    await page.getByLabel('Set-up token').fill(token);
    await page.getByRole('button', { name: 'Set up and sign in' }).click();
    await expect(page.getByText('No projects yet')).toBeVisible();
    await expectAccessible(page, 'no projects');
    for (const [link, said] of [
      ['Realms', 'No realms yet'],
      ['Git credentials', 'No credentials yet'],
      ['API tokens', 'No tokens yet'],
      ['Members', 'Nobody is invited'],
    ] as const) {
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: link }).click();
      await expect(page.getByText(said)).toBeVisible();
    }
  });

  await test.step('the set-up is over for everybody else', async () => {
    await page.getByRole('button', { name: /account and theme/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.goto(`${url}/setup?token=${token}`);
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  });

  await test.step('who guesses passwords has to wait, and is told for how long', async () => {
    await page.getByLabel('Email').fill('guessed@example.com');
    const refusal = page.getByRole('alert');
    for (let attempt = 0; attempt < 20; attempt++) {
      await password.fill(`guess number ${attempt}`);
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        page.getByRole('button', { name: 'Sign in' }).click(),
      ]);
      if (answer.status() === 429) break;
      expect(answer.status()).toBe(401);
      await expect(refusal).toBeVisible();
    }
    await expect(refusal).toContainText(/second|minute/);
  });

  await test.step('the owner gets in all the same', async () => {
    await signIn(page, { url, ...owner });
    await expect(page.getByText('No projects yet')).toBeVisible();
  });
});

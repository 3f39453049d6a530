import { expect, signIn, test } from '../../fixtures';
import { Shell, SignUp, Status } from '../../pages';

test('a business owner signs up, signs out and in again', async ({ page }) => {
  const owner = await new SignUp(page).fillIn();
  const status = new Status(page);
  await status.open();
  await expect(status.heading).toBeVisible();
  await expect(status.empty).toBeVisible();

  await new Shell(page).signOut();
  await status.open();
  await expect(page).toHaveURL(/\/sign-in/);

  await signIn(page, owner);
  await expect(status.heading).toBeVisible();
});

test('a wrong password is refused without saying which part was wrong', async ({ page, demo }) => {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(demo.owner.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);
});

test('the demo names an owner and an operator who can sign in', async ({ browser, demo }) => {
  for (const who of [demo.owner, demo.operator]) {
    const context = await browser.newContext({ baseURL: demo.url });
    await signIn(await context.newPage(), who);
    await context.close();
  }
});

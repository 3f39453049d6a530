import { expect, signIn, test } from '../../fixtures';
import { Desk, SignUp, Status } from '../../pages';

test('a business owner signs up, signs out and in again', async ({ page }) => {
  const owner = await new SignUp(page).fillIn();
  const status = new Status(page);
  await status.open();
  await expect(status.heading).toBeVisible();
  await expect(status.empty).toBeVisible();

  await new Desk(page).signOut(/Marta Teles/);
  await status.open();
  await expect(page).toHaveURL(/\/sign-in/);

  await signIn(page, owner);
  await status.open();
  await expect(status.heading).toBeVisible();
});

test('a wrong password is refused without saying which part was wrong', async ({ page, demo }) => {
  const complaints: string[] = [];
  for (const email of [demo.owner.email, 'nobody@example.com']) {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const alert = page.getByRole('alert');
    await expect(alert).toBeVisible();
    // The request's number differs from answer to answer.
    complaints.push((await alert.innerText()).replace(/Request .*/, ''));
  }
  expect(complaints[0]).toBe(complaints[1]);
});

test('the demo names an owner and an operator who can sign in', async ({ browser, demo }) => {
  for (const who of [demo.owner, demo.operator]) {
    const context = await browser.newContext({ baseURL: demo.url });
    await signIn(await context.newPage(), who);
    await context.close();
  }
});

// Signing in through the form, in one place for the tests, Lighthouse and the benches.

/**
 * @param {import('@playwright/test').Page} page
 * @param {{ email: string, password: string }} who
 */
export async function signIn(page, who) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

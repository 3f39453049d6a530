// Ways through the product that more than one runner goes before it looks at a page.

/** @typedef {import('@playwright/test').Page} Page */

/** Goes through Meta's dialog up to the wizard, and returns its address. @param {Page} page */
export async function reachWizard(page) {
  await page.goto('/connect');
  await page.getByRole('button', { name: 'Connect with Meta' }).click();
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.getByRole('heading', { name: 'Choose what to connect' }).waitFor({ timeout: 20_000 });
  return new URL(page.url()).pathname;
}

/** Connects everything that Meta shows, unless this tenant has connected something already. @param {Page} page */
export async function connectOnce(page) {
  await page.goto('/');
  const connected = page.getByRole('link', { name: /^disconnect/i }).first();
  if (await connected.isVisible()) return;
  await reachWizard(page);
  for (const box of await page.getByRole('checkbox', { disabled: false }).all()) await box.check();
  await page.getByRole('button', { name: /^connect (\d+ assets?|what is ticked)$/i }).click();
  await page.getByRole('heading', { name: /connected$/i, level: 1 }).waitFor({ timeout: 30_000 });
  await page.goto('/');
  await connected.waitFor();
}

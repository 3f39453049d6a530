// Ways through the product that several tests and runners go before they look at something. For a visitor who is signed
// in; they need no script.

/** @typedef {import('@playwright/test').Page} Page */

/** Begins to connect, and grants what Meta's dialog has ticked. @param {Page} page */
export async function grantAll(page) {
  await page.goto('/connect');
  await page.getByRole('button', { name: 'Connect with Meta' }).click();
  await page.waitForURL(/\/dialog\/oauth/);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
}

/** Goes through Meta's dialog up to the wizard, and returns its address. @param {Page} page */
export async function reachWizard(page) {
  await grantAll(page);
  await page.getByRole('heading', { name: 'Choose what to connect' }).waitFor({ timeout: 20_000 });
  return new URL(page.url()).pathname;
}

/** Ticks everything that the wizard offers, saves the choice, and waits until Attaché has worked on it. @param {Page} page */
export async function tickAndConnect(page) {
  for (const box of await page.getByRole('checkbox', { disabled: false }).all()) await box.check();
  await saveChoice(page);
}

/** Saves what is ticked, and waits until Attaché has worked on it. @param {Page} page */
export async function saveChoice(page) {
  await page.getByRole('button', { name: /^connect (\d+ assets?|what is ticked)$/i }).click();
  await page.getByRole('heading', { name: /connected$/i, level: 1 }).waitFor({ timeout: 30_000 });
}

/** Connects everything that Meta shows, and looks at the status. @param {Page} page */
export async function connectEverything(page) {
  await reachWizard(page);
  await tickAndConnect(page);
  await page.goto('/');
  await page.getByRole('link', { name: /^disconnect/i }).first().waitFor();
}

/** The same, unless this tenant has connected something already. @param {Page} page */
export async function connectOnce(page) {
  await page.goto('/');
  const connected = page.getByRole('link', { name: /^disconnect/i }).first();
  if (!(await connected.isVisible())) await connectEverything(page);
}

/**
 * As a customer, writes to an asset on the simulator's phone.
 * @param {Page} phone any page; it goes to the simulator
 * @param {string} address of the phone, with the asset chosen
 * @param {string} text
 */
export async function writeAsCustomer(phone, address, text) {
  await phone.goto(address);
  await phone.getByLabel('Message', { exact: true }).fill(text);
  await phone.getByRole('button', { name: 'Send' }).click();
  await phone.getByText(text).first().waitFor();
}

/** The addresses of the pages on which a test can be sent, as the status page shows them. @param {Page} page */
export async function testAddresses(page) {
  await page.goto('/');
  const links = page.getByRole('link', { name: /^send a test/i });
  return Promise.all((await links.all()).map(async (link) => (await link.getAttribute('href')) ?? '/'));
}

/** The phone that the page of a test points to. @param {Page} page on `/assets/{asset}/test` */
export async function phoneAddress(page) {
  return (await page.getByRole('link', { name: /^open the customer.s phone/i }).getAttribute('href')) ?? '';
}

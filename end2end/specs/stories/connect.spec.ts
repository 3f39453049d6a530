import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog, SignUp, Status } from '../../pages';

test('an owner connects by redirect and sees a card for each platform', async ({ asOwner: page, simulator, picture }) => {
  await simulator.load('corner-shop');
  const connect = new Connect(page);
  await connect.open();
  // The demo is plain http, where Meta's SDK refuses to work: Attaché takes the redirect by itself.
  await connect.start.click();
  await new Dialog(page).agree();

  const choose = new Choose(page);
  await choose.shown();
  await expect(choose.usable()).not.toHaveCount(0);
  for (const box of await choose.usable().all()) await box.check();
  await picture(page, 'choose-corner-shop');
  await choose.save.click();

  const status = new Status(page);
  await expect(status.heading).toBeVisible();
  for (const platform of ['Facebook', 'Instagram', 'WhatsApp']) await expect(status.card(platform)).toBeVisible();
  await picture(page, 'status-connected');
});

test('cancelling in the dialog leads back without an error', async ({ asOwner: page, simulator }) => {
  await simulator.load('corner-shop');
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await new Dialog(page).cancel();
  await expect(page).toHaveURL(/\/connect/);
  await expect(connect.notice(/cancel|nothing (was )?(changed|connected)/i)).toBeVisible();
  await expect(connect.start).toBeVisible();
});

test('a person without any business asset is told so and what to do', async ({ asOwner: page, simulator }) => {
  await simulator.load('empty');
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await new Dialog(page).agree();
  await expect(new Choose(page).nothing).toBeVisible({ timeout: 20_000 });
});

test('where the SDK is blocked, the button still leads to the dialog', async ({ browser, tlsDemo }) => {
  const context = await browser.newContext({ baseURL: tlsDemo.url, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.route('**/sdk.js', (route) => route.abort('blockedbyclient'));
  await new SignUp(page).fillIn();
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await new Dialog(page).shown();
  expect(context.pages(), 'no popup was opened').toHaveLength(1);
  await context.close();
});

import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog, Status } from '../../pages';
import { tickAndConnect } from '../../walk.mjs';

test('an owner connects by redirect and sees a card for each platform', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  await simulator.load('corner-shop');
  const connect = new Connect(page);
  await connect.open();
  // The demo is plain http, where Meta's SDK refuses to work: Attaché takes the redirect by itself.
  await connect.start.click();
  await new Dialog(page).agree();

  const choose = new Choose(page);
  await choose.shown();
  await expect(choose.usable()).not.toHaveCount(0);
  await picture(page, 'choose-corner-shop');
  await tickAndConnect(page);
  await checkAccessibility(page);

  const status = new Status(page);
  await status.open();
  await expect(status.connected).toBeVisible();
  for (const platform of ['Facebook', 'Instagram', 'WhatsApp']) await expect(status.card(platform)).toBeVisible();
  await picture(page, 'status-connected');
});

test('cancelling in the dialog is no error and leaves a way on', async ({ asOwner: page, simulator, checkAccessibility }) => {
  await simulator.load('corner-shop');
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await new Dialog(page).cancel();
  await expect(connect.notThisTime).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await checkAccessibility(page);

  await connect.again.click();
  await expect(connect.start).toBeVisible();
});

test('a person without any business asset is told so and what to do', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  await simulator.load('empty');
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await new Dialog(page).agree();
  await expect(connect.nothingToConnect).toBeVisible({ timeout: 20_000 });
  await expect(connect.again).toBeVisible();
  await checkAccessibility(page);
  await picture(page, 'nothing-to-connect');
});

test('a choice that was not saved is still there after a reload', async ({ asOwner: page, simulator }) => {
  await simulator.load('corner-shop');
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await new Dialog(page).agree();
  const choose = new Choose(page);
  await choose.shown();
  await page.reload();
  await choose.shown();
  await tickAndConnect(page);
});

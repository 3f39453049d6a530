import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog, Status } from '../../pages';
import { grantAll, reachWizard, tickAndConnect } from '../../walk.mjs';

test('an owner connects by redirect and sees a card for each platform', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  await simulator.load('corner-shop');
  // The demo is plain http, where Meta's SDK refuses to work: Attaché takes the redirect by itself.
  await reachWizard(page);
  await expect(new Choose(page).usable()).not.toHaveCount(0);
  await picture(page, 'choose-corner-shop');
  await tickAndConnect(page);
  const end = new Choose(page);
  await expect(end.stepsDone, 'all three steps are done').toHaveCount(3);
  await expect(end.sendTest).toBeVisible();
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
  await grantAll(page);
  const connect = new Connect(page);
  await expect(connect.nothingToConnect).toBeVisible({ timeout: 20_000 });
  await expect(connect.again).toBeVisible();
  await checkAccessibility(page);
  await picture(page, 'nothing-to-connect');
});

test('a choice that was not saved is still there after a reload', async ({ asOwner: page, simulator }) => {
  await simulator.load('corner-shop');
  await reachWizard(page);
  await page.reload();
  await new Choose(page).shown();
  await tickAndConnect(page);
});

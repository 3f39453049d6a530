// The whole way with scripts switched off: plain forms and links.
import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog, Status } from '../../pages';

test('signing up, connecting, choosing and disconnecting need no script', async ({ asOwner: page, simulator, picture }) => {
  await simulator.load('corner-shop');
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await new Dialog(page).agree();

  const choose = new Choose(page);
  await choose.shown();
  for (const box of await choose.usable().all()) await box.check();
  await choose.save.click();

  const status = new Status(page);
  await expect(status.heading).toBeVisible();
  await expect(status.card('Facebook')).toBeVisible();
  await picture(page, 'status');

  await status.disconnect.click();
  await status.confirm();
  await status.open();
  await expect(status.empty).toBeVisible();
});

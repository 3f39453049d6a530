// What happens to a connection after it was made.
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { Activity, Choose, Connect, Dialog, Status } from '../../pages';
import type { Simulator } from '../../simulator';

async function connectEverything(page: Page, simulator: Simulator): Promise<Status> {
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
  return status;
}

test('a revoked access is shown as such, and reconnecting brings it back', async ({ asOwner: page, simulator }) => {
  const status = await connectEverything(page, simulator);
  await simulator.revokeTokens();
  await status.test.click();
  await expect(page.getByText(/needs attention|access (was )?(ended|revoked|taken)/i).first()).toBeVisible();

  await status.reconnect.click();
  const connect = new Connect(page);
  if (await connect.start.isVisible()) await connect.start.click();
  await new Dialog(page).agree();
  const choose = new Choose(page);
  await choose.shown();
  await choose.save.click();
  await expect(status.heading).toBeVisible();
  await expect(page.getByText(/needs attention/i)).toHaveCount(0);
});

test('disconnecting takes the cards away and keeps the history', async ({ asOwner: page, simulator }) => {
  const status = await connectEverything(page, simulator);
  await status.disconnect.click();
  await status.confirm();
  await status.open();
  await expect(status.empty).toBeVisible();

  const activity = new Activity(page);
  await activity.open();
  await expect(activity.entry(/disconnected/i)).toBeVisible();
  await expect(activity.entry(/connected/i)).toBeVisible();
});

// What happens to a connection after it was made.
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { Activity, Choose, Connect, Dialog, Disconnect, Status } from '../../pages';
import type { Simulator } from '../../simulator';
import { connectEverything } from '../../walk.mjs';

async function connected(page: Page, simulator: Simulator): Promise<Status> {
  await simulator.load('corner-shop');
  await connectEverything(page);
  const status = new Status(page);
  await expect(status.connected).toBeVisible();
  return status;
}

test('a revoked access is shown as such, and reconnecting brings it back', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  const status = await connected(page, simulator);
  await simulator.removeApp();
  await status.testAll.click();
  await expect(status.reconnect).toBeVisible();
  await expect(status.connected).toHaveCount(0);
  await checkAccessibility(page);
  await picture(page, 'status-revoked');

  await status.reconnect.click();
  await new Connect(page).start.click();
  await new Dialog(page).agree();
  await new Choose(page).shown();
  await status.open();
  await expect(status.connected).toBeVisible();
  await expect(status.reconnect).toHaveCount(0);
});

test('disconnecting tells what it will do, takes everything away and keeps the history', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  const status = await connected(page, simulator);
  await status.disconnect.click();
  const disconnect = new Disconnect(page);
  await expect(disconnect.confirm).toBeVisible();
  await picture(page, 'disconnect');
  await disconnect.confirm.click();
  await expect(disconnect.done).toBeVisible({ timeout: 20_000 });
  await checkAccessibility(page);

  await status.open();
  await expect(status.empty).toBeVisible();
  await expect(status.connected).toHaveCount(0);

  const activity = new Activity(page);
  await activity.open();
  await expect(activity.entry(/disconnected/i)).toBeVisible();
});

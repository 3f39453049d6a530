// The whole way with scripts switched off: plain forms and links.
import { expect, test } from '../../fixtures';
import { Disconnect, Status } from '../../pages';
import { reachWizard, tickAndConnect } from '../../walk.mjs';

test('signing up, connecting, choosing and disconnecting need no script', async ({ asOwner: page, simulator, picture }) => {
  await simulator.load('corner-shop');
  await reachWizard(page);
  await picture(page, 'choose');
  await tickAndConnect(page);

  const status = new Status(page);
  await status.open();
  await expect(status.connected).toBeVisible();
  await expect(status.card('Facebook')).toBeVisible();
  await picture(page, 'status');

  await status.disconnect.click();
  const disconnect = new Disconnect(page);
  await disconnect.confirm.click();
  await expect(disconnect.done).toBeVisible({ timeout: 20_000 });
  await status.open();
  await expect(status.empty).toBeVisible();
});

// A WhatsApp number on its way to being registered.
import { expect, test } from '../../fixtures';
import { AssetDetails, awake, Status } from '../../pages';
import { connectEverything } from '../../walk.mjs';

const registered = /the number is registered/i;

test('a number that has a PIN waits for it, and is registered with the right one', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  await simulator.load('corner-shop');
  await simulator.needsPin('246810');
  await connectEverything(page);

  const status = new Status(page);
  await expect(status.card('WhatsApp')).toContainText('This number needs its PIN.');
  await status.seeWhatToDo('WhatsApp');
  const details = new AssetDetails(page);
  await expect(details.steps).toHaveCount(3);
  await expect(details.step(/^done: /i)).toHaveCount(2);
  await expect(details.step(registered)).toContainText(/^failed: /i);
  await awake(page);
  await checkAccessibility(page);
  await picture(page, 'number-needs-pin');

  await details.enterPin('111111');
  await expect(details.step(registered)).toContainText('Meta does not accept the PIN.');
  await expect(details.pin, 'a PIN is never shown again').toHaveValue('');
  expect(await simulator.numberStatus()).toBe('PENDING');

  await details.enterPin('246810');
  await expect(details.step(registered)).toContainText(/^done: /i);
  await expect(details.pin).toHaveCount(0);
  expect(await simulator.numberStatus()).toBe('CONNECTED');
  await expect(status.card('WhatsApp')).not.toContainText('PIN');
  await picture(page, 'number-registered');
});

// A number's PIN, entered with scripts switched off.
import { expect, test } from '../../fixtures';
import { AssetDetails, Status } from '../../pages';
import { connectEverything } from '../../walk.mjs';

test('a number is registered with its PIN by a plain form', async ({ asOwner: page, simulator }) => {
  await simulator.load('corner-shop');
  await simulator.needsPin('246810');
  await connectEverything(page);
  const status = new Status(page);
  await expect(async () => {
    await status.open();
    await expect(status.card('WhatsApp')).toContainText('This number needs its PIN.', { timeout: 500 });
  }).toPass();
  await status.seeWhatToDo('WhatsApp');
  const details = new AssetDetails(page);
  await details.enterPin('12345x');
  await expect(page.getByText('A PIN is six digits.').first()).toBeVisible();
  await details.enterPin('246810');
  await expect(page.getByText('The PIN is kept sealed.')).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(details.step(/the number is registered/i)).toContainText(/^done: /i, { timeout: 500 });
  }).toPass();
});

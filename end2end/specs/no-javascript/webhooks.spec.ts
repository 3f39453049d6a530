// What a customer writes, seen with scripts switched off.
import { expect, test } from '../../fixtures';
import { Deliveries, SendTest, Status } from '../../pages';
import { connectEverything, phoneAddress, testAddresses, writeAsCustomer } from '../../walk.mjs';

test('a test message and its delivery are seen by looking again', async ({ asOwner: page, simulator }) => {
  await simulator.load('corner-shop');
  await connectEverything(page);
  await page.goto((await testAddresses(page))[0] ?? '/');
  const sending = new SendTest(page);
  await expect(sending.waiting).toBeVisible();
  await writeAsCustomer(await page.context().newPage(), await phoneAddress(page), 'Do you have a table for two?');
  await expect(async () => {
    if (await sending.lookAgain.isVisible()) await sending.lookAgain.click();
    await expect(sending.arrived).toBeVisible({ timeout: 500 });
  }).toPass();

  const status = new Status(page);
  await status.open();
  await expect(status.card('Facebook').getByText('Active', { exact: true }).first()).toBeVisible();

  const deliveries = new Deliveries(page);
  await deliveries.open();
  await deliveries.rows.first().getByRole('checkbox').check();
  await deliveries.replay.click();
  await expect(page.getByText('The replay is under way')).toBeVisible();
  await expect(async () => {
    await deliveries.open();
    await expect(deliveries.replayed).toHaveCount(1, { timeout: 500 });
  }).toPass();
});

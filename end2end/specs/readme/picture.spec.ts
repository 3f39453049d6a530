// The picture in the README: the status page of a business that connected everything and to which customers have written.
import { expect, test } from '../../fixtures';
import { Status } from '../../pages';
import { connectEverything, phoneAddress, testAddresses, writeAsCustomer } from '../../walk.mjs';

test('the status page as the README shows it', async ({ asOwner: page, simulator }) => {
  await simulator.load('corner-shop');
  await connectEverything(page);
  const customer = await page.context().newPage();
  for (const address of await testAddresses(page)) {
    await page.goto(address);
    await writeAsCustomer(customer, await phoneAddress(page), 'Do you have a table for two?');
  }
  const status = new Status(page);
  await status.open();
  await expect(status.heading).toBeVisible();
  for (const channel of ['Facebook', 'Instagram', 'WhatsApp']) {
    await expect(status.card(channel).getByText('Active', { exact: true }).first()).toBeVisible();
  }
  await page.evaluate(() => document.fonts.ready);
  // Only on request is the picture in the repository written anew: its times change with every run.
  const path = process.env.README_PICTURE ? '../docs/screenshot.png' : 'screenshots/readme.png';
  await page.screenshot({ path });
});

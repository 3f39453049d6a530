// What a customer writes, from the phone to the pages.
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { awake, Deliveries, SendTest, Status } from '../../pages';
import { connectEverything, phoneAddress, testAddresses, writeAsCustomer } from '../../walk.mjs';

/** Marks the page, so that loading it anew would be noticed. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => document.body.setAttribute('data-kept', ''));
}

test('the first real message turns waiting into active before the eyes', async ({ asOwner: page, simulator, picture }) => {
  await simulator.load('corner-shop');
  await connectEverything(page);
  const [facebook = '/'] = await testAddresses(page);
  await page.goto(facebook);
  const phone = await phoneAddress(page);

  const status = new Status(page);
  await status.open();
  await awake(page);
  await mark(page);
  const card = status.card('Facebook');
  await expect(card.getByText('Waiting', { exact: true }).last()).toBeVisible();

  await writeAsCustomer(await page.context().newPage(), phone, 'Do you have a table for two?');
  await expect(card.getByText('Active', { exact: true }).first()).toBeVisible();
  await expect(card.getByText(/first message|last event/i)).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Facebook: Active' })).toBeAttached();
  await expect(page.locator('body[data-kept]'), 'without loading the page anew').toBeAttached();
  await picture(page, 'status-active');
});

test('a test message is awaited, and seen to arrive', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  await simulator.load('corner-shop');
  await connectEverything(page);
  const addresses = await testAddresses(page);
  expect(addresses.length, 'a Page, an Instagram account and a number').toBeGreaterThanOrEqual(3);
  for (const address of addresses) {
    await page.goto(address);
    await awake(page);
    await mark(page);
    const sending = new SendTest(page);
    await expect(sending.waiting).toBeVisible();
    const opened = page.waitForEvent('popup');
    await sending.phone.click();
    await writeAsCustomer(await opened, await phoneAddress(page), 'Is it open on Sunday?');
    await expect(sending.arrived).toBeVisible();
    await expect(page.getByText('Is it open on Sunday?')).toBeVisible();
    await expect(page.locator('body[data-kept]'), 'without loading the page anew').toBeAttached();
  }
  await checkAccessibility(page);
  await picture(page, 'test-arrived');
});

test('deliveries are listed as they come, opened and applied again', async ({ asOwner: page, simulator, checkAccessibility }) => {
  await simulator.load('corner-shop');
  await connectEverything(page);
  await page.goto((await testAddresses(page))[0] ?? '/');
  const phone = await phoneAddress(page);
  const deliveries = new Deliveries(page);
  await deliveries.open();
  await awake(page);
  const customer = await page.context().newPage();
  await writeAsCustomer(customer, phone, 'A first one');
  await expect(deliveries.rows).toHaveCount(1);
  await writeAsCustomer(customer, phone, 'And a second');
  await expect(deliveries.rows).toHaveCount(2);

  await deliveries.rows.first().getByRole('checkbox').check();
  await deliveries.replay.click();
  await expect(page.getByRole('status').filter({ hasText: 'The replay is under way' })).toBeVisible();
  await expect(deliveries.replayed).toHaveCount(1);

  await deliveries.rows.first().getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Delivery', level: 1 })).toBeVisible();
  await page.getByText('Raw JSON', { exact: true }).first().click();
  await expect(page.getByRole('region', { name: /^raw json/i }).first()).toContainText('And a second');
  await expect(page.getByRole('region', { name: 'Raw body' })).toContainText('"object":"page"');
  await checkAccessibility(page);
});

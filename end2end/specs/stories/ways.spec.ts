// Confirming again without losing anything unasked, disconnecting step by step, and a colleague who has no account.
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog, Disconnect, Losses, SetUp, SetUpLinks, Status } from '../../pages';
import type { Simulator } from '../../simulator';
import { connectEverything } from '../../walk.mjs';

async function connected(page: Page, simulator: Simulator): Promise<Status> {
  await simulator.load('corner-shop');
  await connectEverything(page);
  const status = new Status(page);
  await expect(status.connected).toBeVisible();
  return status;
}

test('a Page that was left out is named before anything changes, and can be brought back', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  const status = await connected(page, simulator);
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  const dialog = new Dialog(page);
  await dialog.shown();
  await dialog.untick('Pages');
  await dialog.agree();

  const losses = new Losses(page);
  await expect(losses.heading).toBeVisible({ timeout: 20_000 });
  await expect(losses.lost('Brasa Café')).toBeVisible();
  await checkAccessibility(page);
  await picture(page, 'losing');
  // Nothing has changed.
  await status.open();
  await expect(status.asset('Brasa Café')).toBeVisible();
  await page.goBack();

  await losses.toMeta.click();
  await dialog.shown();
  await dialog.tick('Pages');
  await dialog.agree();
  await new Choose(page).shown();
  await status.open();
  await expect(status.asset('Brasa Café')).toBeVisible();
});

test('who goes on without a Page loses that alone', async ({ asOwner: page, simulator }) => {
  const status = await connected(page, simulator);
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  const dialog = new Dialog(page);
  await dialog.shown();
  await dialog.untick('Pages');
  await dialog.agree();
  const losses = new Losses(page);
  await expect(losses.heading).toBeVisible({ timeout: 20_000 });
  await losses.without.click();
  await new Choose(page).shown();
  await status.open();
  await expect(status.card('WhatsApp')).toContainText('Brasa Café');
  await expect(page.getByRole('row', { name: /Brasa Café.*Page/ })).toHaveCount(0);
});

test('disconnecting shows every step and how it ended, and erases only what was asked for by name', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  const status = await connected(page, simulator);
  await status.disconnect.click();
  const disconnect = new Disconnect(page);
  await expect(disconnect.confirm).toBeVisible();
  await checkAccessibility(page);
  await disconnect.erase.check();
  await disconnect.confirm.click();
  await expect(disconnect.wrongWord).toBeVisible();
  await expect(disconnect.erase).toBeChecked();
  await picture(page, 'disconnect-choices');
  await disconnect.word.fill('erase');
  await disconnect.confirm.click();
  await expect(disconnect.done).toBeVisible({ timeout: 20_000 });
  await expect(disconnect.step(/destroy the access/i)).toContainText('Done', { timeout: 20_000 });
  await expect(disconnect.step(/Erase what Brasa Café brought/).first()).toContainText('Done', { timeout: 20_000 });
  await expect(disconnect.step(/end at Meta what/i)).toContainText('Done');
  await checkAccessibility(page);
  await picture(page, 'disconnected-steps');
});

test('a colleague without an account connects by a link, once', async ({ asOwner: page, browser, ownDemo, watch, simulator, checkAccessibility, picture }) => {
  await simulator.load('corner-shop');
  const links = new SetUpLinks(page);
  await links.open();
  await expect(links.none).toBeVisible();
  const address = await links.make('Mateo of the agency');
  await expect(links.row('Mateo of the agency')).toContainText('Nobody has opened it yet');
  await picture(page, 'set-up-links');

  const elsewhere = watch.follow(await browser.newContext({ baseURL: ownDemo.url }));
  const guest = await elsewhere.newPage();
  await guest.goto(address);
  const setUp = new SetUp(guest);
  await expect(setUp.heading).toBeVisible();
  await checkAccessibility(guest);
  await picture(guest, 'set-up');
  await setUp.start.click();
  await new Dialog(guest).agree();
  const choose = new Choose(guest);
  await choose.shown();
  await checkAccessibility(guest);
  await picture(guest, 'set-up-choose');
  await choose.usable().first().check();
  await choose.connect();
  await expect(guest.getByText('you can close this page')).toBeVisible();
  // Nothing else of the business opens for a guest.
  await guest.goto('/');
  await expect(guest).toHaveURL(/sign-in/);

  await links.open();
  await expect(links.row('Mateo of the agency')).toContainText('Nothing is missing', { timeout: 20_000 });
  const late = watch.follow(await browser.newContext({ baseURL: ownDemo.url }));
  const stranger = await late.newPage();
  await stranger.goto(address);
  await expect(stranger.getByRole('heading', { name: 'This link was used already' })).toBeVisible();
  await late.close();
  await elsewhere.close();
});

test('one asset is disconnected and the rest goes on', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  const status = await connected(page, simulator);
  await status.open();
  const row = page.getByRole('row', { name: /WhatsApp number/ }).first();
  await row.getByRole('link', { name: /^details/i }).click();
  await page.getByRole('region', { name: /^assets/i }).getByRole('link', { name: /^disconnect/i }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Disconnect / })).toBeVisible();
  await checkAccessibility(page);
  await picture(page, 'disconnect-asset');
  await page.getByRole('button', { name: 'Disconnect it' }).click();
  await expect(page.getByText('It is disconnected. Everything else goes on.')).toBeVisible();
  await expect(page.getByRole('row', { name: /WhatsApp number/ })).toHaveCount(0);
  await expect(status.asset('Brasa Café')).toBeVisible();
});

// What a page does when it is pressed, copied from, and drawn again while somebody reads it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { awake, Developers, Endpoint, SetUpLinks } from '../../pages';

test('a form is sent once however often its button is pressed, and what it did is said once', async ({ asOwner: page }) => {
  let sent = 0;
  await page.route(/do=add-location/, async (route) => {
    sent += 1;
    await route.continue();
  });
  await page.goto('/team');
  // What the page shows once it is sent; it is gone a moment later.
  await page.evaluate(() =>
    addEventListener('submit', () => setTimeout(() => sessionStorage.setItem('busy', String(document.querySelectorAll('button[aria-busy=true]').length)))),
  );
  await page.getByLabel('New location').fill('Centro');
  await page.getByRole('button', { name: 'Add', exact: true }).dblclick();
  const done = page.getByText('The location is added.');
  await expect(done).toBeFocused();
  expect(sent, 'times that the form was sent').toBe(1);
  expect(await page.evaluate(() => sessionStorage.getItem('busy')), 'buttons that showed it').toBe('1');

  await expect(page).toHaveURL(/\/team$/);
  await page.reload();
  await expect(page.getByLabel('New location')).toBeVisible();
  await expect(done).toHaveCount(0);
});

test('a value is copied where there is no clipboard to write to', async ({ asOwner: page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  const links = new SetUpLinks(page);
  await links.open();
  const address = await links.make('Mateo of the agency');
  await expect(page.locator('html[data-awake]')).toBeAttached();
  const copy = page.getByTitle('Copy Set-up link');
  await copy.click();
  await expect(copy).toHaveText('Copied');
  await expect(page.getByRole('status').filter({ hasText: /^Copied$/ }), 'it is said aloud').toHaveCount(1);
  await expect(copy).toHaveText('Copy');
  await page.getByLabel('For whom').focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByLabel('For whom')).toHaveValue(address);
});

/** Adds an endpoint at `address`, and goes to its page. */
async function addEndpoint(page: Page, address: string): Promise<Endpoint> {
  const developers = new Developers(page);
  await developers.open();
  await developers.address.fill(address);
  await developers.add.click();
  await page.getByRole('link', { name: 'Send a test event' }).click();
  const endpoint = new Endpoint(page);
  await expect(endpoint.heading).toBeVisible();
  return endpoint;
}

test('what is read stays open when something new comes above it, and can be copied', async ({ asOwner: page }) => {
  const receiver = createServer((_, response) => response.end('taken'));
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  try {
    const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    const endpoint = await addEndpoint(page, address);
    await endpoint.test.click();
    await awake(page);
    await expect(endpoint.sent).toHaveCount(1);
    const first = endpoint.sent.first();
    await expect(first.getByText('Delivered', { exact: true })).toBeVisible();
    await first.getByText('Details', { exact: true }).click();
    const body = first.getByRole('region', { name: /^body of/i });
    const event = (await body.getAttribute('aria-label')) ?? '';

    const elsewhere = await page.context().newPage();
    await elsewhere.goto(new URL(page.url()).pathname);
    await new Endpoint(elsewhere).test.click();
    await expect(elsewhere.getByText('A test event is on its way.')).toBeVisible();
    await elsewhere.close();

    await expect(endpoint.sent).toHaveCount(2);
    const same = endpoint.sent.filter({ has: page.getByRole('region', { name: event }) });
    await expect(endpoint.sent.last().getByRole('region', { name: event })).toBeVisible();
    await expect(same.locator('summary'), 'and the focus stays with it').toBeFocused();
    await expect(endpoint.sent.first().getByRole('region', { name: /^body of/i })).toBeHidden();
    await same.getByRole('button', { name: 'Copy' }).first().click();
    await expect(same.getByRole('button', { name: 'Copied' })).toBeVisible();
  } finally {
    receiver.closeAllConnections();
    receiver.close();
  }
});

for (const [width, height] of [[360, 360], [1100, 320]] as const) {
  test(`the menus stay on a screen of ${width} by ${height}`, async ({ asOwner: page }) => {
    await page.setViewportSize({ width, height });
    await page.goto('/');
    const menu = width < 1024 ? page.getByRole('button', { name: 'Menu', exact: true }) : page.locator('[popovertarget="person-side"]');
    await menu.click();
    const panel = page.locator('[popover]:popover-open');
    const box = await panel.boundingBox();
    expect(box?.y ?? -1, 'the upper edge').toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? height + 1), 'the lower edge').toBeLessThanOrEqual(height);
    await panel.getByRole('button', { name: 'Sign out' }).scrollIntoViewIfNeeded();
    await expect(panel.getByRole('button', { name: 'Sign out' })).toBeInViewport();
  });
}

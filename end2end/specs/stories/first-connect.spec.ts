// The whole way of somebody new: from signing up to the status of what they connected.
import { firstConnect } from '../../first-connect.mjs';
import { expect, test } from '../../fixtures';

for (const by of ['mouse', 'keyboard'] as const) {
  test(`by ${by} alone, from signing up to a connected business`, async ({ browser, ownDemo, watch }) => {
    const context = watch.follow(await browser.newContext({ baseURL: ownDemo.url }));
    const page = await context.newPage();
    const presses = await firstConnect(page, by, 'new-owner@example.com');
    if (by === 'mouse') expect(presses, 'clicks').toBeLessThanOrEqual(8);
    await expect(page.getByRole('link', { name: /^disconnect/i }).first()).toBeVisible();
    await context.close();
  });
}

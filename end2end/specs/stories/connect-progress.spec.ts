// While Meta is read, the page counts up what is found, and is not loaded anew for it.
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { awake, Choose, Connect, Dialog } from '../../pages';

/** How much is found, all kinds together; nothing once another page has taken the place of the one that was marked. */
function foundOnTheSamePage(page: Page): Promise<number> {
  return page.evaluate(() => {
    if (!document.body.hasAttribute('data-kept')) return -1;
    return [...document.querySelectorAll('dd[data-count]')].reduce((sum, one) => sum + Number(one.textContent), 0);
  });
}

test('what is found is counted up before the choice appears', async ({ asOwner: page, simulator }) => {
  await simulator.load('agency');
  const connect = new Connect(page);
  await connect.open();
  // Meta answers slowly, so that there is something to watch.
  await simulator.switch({ latency_ms: 1_000 });
  await connect.start.click();
  await new Dialog(page).agree();
  await expect(page.getByRole('heading', { name: 'Reading what you can connect' })).toBeVisible({ timeout: 20_000 });
  await awake(page);
  await page.evaluate(() => document.body.setAttribute('data-kept', ''));
  const before = await foundOnTheSamePage(page);
  await expect.poll(() => foundOnTheSamePage(page), { timeout: 20_000 }).toBeGreaterThan(Math.max(before, 0));

  await simulator.switch({ latency_ms: 0 });
  await new Choose(page).shown();
});

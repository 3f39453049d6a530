// What the status page says before access ends: a token of Meta's lives 60 days.
import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog, Status } from '../../pages';
import { connectEverything } from '../../walk.mjs';

const STAGES: readonly [number, string][] = [
  [14, 'in 14 days'],
  [7, 'in 7 days'],
  [3, 'in 3 days'],
  [1, 'tomorrow'],
];

test('the end of access is announced, and confirming again puts it off', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  await simulator.load('corner-shop');
  const status = new Status(page);
  for (const [days, words] of STAGES) {
    await simulator.liveInThePast(60 - days);
    if (days === 14) {
      await connectEverything(page);
    } else {
      await status.reconnect.click();
      await new Connect(page).start.click();
      await new Dialog(page).agree();
      await new Choose(page).shown();
      await status.open();
    }
    await expect(status.ending(words)).toBeVisible();
    await checkAccessibility(page);
    await picture(page, `status-ends-${days}`);
  }
  await simulator.liveInThePast(0);
  await status.reconnect.click();
  await new Connect(page).start.click();
  await new Dialog(page).agree();
  await new Choose(page).shown();
  await status.open();
  await expect(status.connected).toBeVisible();
  await expect(status.reconnect).toHaveCount(0);
  await picture(page, 'status-renews');
});

// The picture in the README: the status page of a connected business, as the demo shows it.
import { expect, test } from '../../fixtures';
import { Status } from '../../pages';

test('the status page as the README shows it', async ({ page, signInAs }) => {
  await signInAs('owner');
  const status = new Status(page);
  await status.open();
  await expect(status.heading).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  // Only on request is the picture in the repository written anew: its times change with every run.
  const path = process.env.README_PICTURE ? '../docs/screenshot.png' : 'screenshots/readme.png';
  await page.screenshot({ path });
});

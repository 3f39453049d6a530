import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog, Status } from '../../pages';

test('an agency finds its assets by searching and connects several at once', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  // Nine hundred rows, each of which axe looks at.
  test.slow();
  await simulator.load('agency');
  await simulator.forgetRequests();
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await new Dialog(page).agree();

  const choose = new Choose(page);
  await choose.shown();
  const { calls, rounds } = await simulator.record();
  console.log(`agency world: ${calls} Graph calls in ${rounds} dependent rounds`);
  expect(calls, 'Graph calls').toBeLessThanOrEqual(40);

  await expect(choose.unusable(), 'what cannot be used is shown greyed').not.toHaveCount(0);
  await checkAccessibility(page);
  await picture(page, 'choose-agency');

  const all = await choose.usable().count();
  const name = await choose.usable().first().evaluate((box: HTMLInputElement) => box.labels?.[0]?.innerText ?? '');
  await choose.search.fill(name.split('\n')[0] ?? '');
  await expect.poll(() => choose.usable().count(), 'searching narrows the list').toBeLessThan(all);
  await choose.usable().first().check();
  await choose.search.fill('');
  await choose.usable().nth(2).check();
  await choose.usable().nth(4).check();
  await expect(choose.save).toHaveAccessibleName(/connect [3-9] assets/i);
  await choose.connect();

  const status = new Status(page);
  await status.open();
  await expect(status.connected).toBeVisible();
});

import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog, Status } from '../../pages';
import type { Asked } from '../../simulator';

/** What was asked after Meta had told what the token is: the reading of the assets. */
function reading(requests: Asked[]): Asked[] {
  const known = requests.map(({ path, batch }) => [path, ...batch].some((asked) => asked.includes('debug_token'))).lastIndexOf(true);
  return requests.slice(known + 1).filter(({ path }) => !path.endsWith('/subscriptions'));
}

/** The longest chain of requests in which each started after the one before it ended. */
function rounds(requests: Asked[]): number {
  let [count, last] = [0, 0];
  for (const { started, ended } of [...requests].sort((a, b) => (a.ended ?? 0) - (b.ended ?? 0))) {
    if (started > last) [count, last] = [count + 1, ended ?? 0];
  }
  return count;
}

test('an agency finds its assets by searching and connects several at once', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  // Nine hundred rows, each of which axe looks at.
  test.slow();
  await simulator.load('agency');
  // Requests that can run together are seen to overlap only when an answer takes some time.
  await simulator.switch({ latency_ms: 25 });
  await simulator.forgetRequests();
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await new Dialog(page).agree();

  const choose = new Choose(page);
  await choose.shown();
  const { calls, requests } = await simulator.record();
  const read = reading(requests);
  console.log(`agency world: ${calls} Graph calls; reading takes ${read.length} in ${rounds(read)} dependent rounds`);
  expect(calls, 'Graph calls').toBeLessThanOrEqual(40);
  expect(read.length, 'calls that read the assets').toBeGreaterThan(0);
  expect(rounds(read), 'dependent rounds').toBeLessThanOrEqual(6);

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

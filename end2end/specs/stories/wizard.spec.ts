// What the wizard says of each asset: what belongs to which, what cannot be used and why, and what another business holds.
import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../../fixtures';
import { Choose } from '../../pages';
import { connectEverything, reachWizard } from '../../walk.mjs';

/** The words of each row that has a box, from above to below. */
function rows(page: Page): Promise<string[]> {
  return page.getByRole('checkbox').evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).labels?.[0]?.innerText ?? ''));
}

test('an Instagram account stands under its Page', async ({ asOwner: page, simulator }) => {
  await simulator.load('corner-shop');
  await reachWizard(page);
  const seen = await rows(page);
  const under = seen.findIndex((row) => row.includes('linked to this Page'));
  expect(under, seen.join('\n---\n')).toBeGreaterThan(0);
  expect(seen[under - 1]).toMatch(/^Brasa Café\n/);
  expect(seen.filter((row) => row.includes('linked to this Page'))).toHaveLength(1);
});

test('what cannot be used says why, and what to do', async ({ asOwner: page, simulator }) => {
  await simulator.load('agency');
  await reachWizard(page);
  const choose = new Choose(page);
  for (const todo of [
    'Ask an administrator of the Page to give you the task Messages, then connect again.',
    'Open WhatsApp Manager and ask for a review, or use another number.',
    'Use another ad account.',
  ]) {
    await expect(page.getByText(todo).first()).toBeVisible();
  }
  // The reason is what a screen reader says of the box.
  const first = choose.unusable().first();
  await expect(first).toHaveAccessibleDescription(/\w+ \w+ \w+/);
  const silent = await choose.unusable().evaluateAll((boxes) =>
    boxes.filter((box) => {
      const why = document.getElementById(box.getAttribute('aria-describedby') ?? '');
      return (why?.textContent?.trim() ?? '') === '';
    }).length,
  );
  expect(silent, 'boxes that are greyed without a reason').toBe(0);
});

test('what another business holds is refused without saying who that is', async ({ asOwner: page, browser, ownDemo, watch, simulator }) => {
  await simulator.load('corner-shop');
  await connectEverything(page);

  const elsewhere = watch.follow(await browser.newContext({ baseURL: ownDemo.url }));
  const other = await elsewhere.newPage();
  await signIn(other, ownDemo.owner);
  await reachWizard(other);
  const choose = new Choose(other);
  await expect(choose.unusable()).not.toHaveCount(0);
  for (const box of await choose.unusable().all()) {
    await expect(box).toHaveAccessibleDescription(/^Connected by another business of this installation\./);
  }
  await expect(choose.usable(), 'all of it is held').toHaveCount(0);
  // Marta signed up first and holds it all.
  await expect(other.getByRole('main')).not.toContainText('Marta');
  expect(await other.content()).not.toMatch(/Marta Teles|owner-[\d-]+@example\.com/);
  await elsewhere.close();
});

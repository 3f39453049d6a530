import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog, Status } from '../../pages';

test('an agency finds its assets by searching and connects several at once', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  await simulator.load('agency');
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await new Dialog(page).agree();

  const choose = new Choose(page);
  await choose.shown();
  await expect(choose.unusable(), 'what cannot be used is shown greyed').not.toHaveCount(0);
  await checkAccessibility(page);
  await picture(page, 'choose-agency');

  const before = await choose.usable().count();
  const first = choose.usable().first();
  const name = (await first.getAttribute('aria-label')) ?? (await first.evaluate((box: HTMLInputElement) => box.labels?.[0]?.innerText ?? ''));
  await choose.search.fill(name.split('\n')[0]);
  await expect.poll(() => choose.usable().count(), 'searching narrows the list').toBeLessThan(before);
  await choose.usable().first().check();
  await choose.search.fill('');
  await choose.usable().nth(2).check();
  await choose.usable().nth(4).check();

  // Leaving and coming back keeps nothing half-saved, and the wizard is still there.
  await choose.save.click();
  await expect(new Status(page).heading).toBeVisible();
});

test('the keyboard alone is enough to choose', async ({ asOwner: page, simulator }) => {
  await simulator.load('corner-shop');
  const connect = new Connect(page);
  await connect.open();
  await connect.start.focus();
  await page.keyboard.press('Enter');
  await new Dialog(page).agree();

  const choose = new Choose(page);
  await choose.shown();
  const box = choose.usable().first();
  await box.focus();
  const was = await box.isChecked();
  await page.keyboard.press('Space');
  await expect(box).toBeChecked({ checked: !was });
});

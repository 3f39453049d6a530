// Every page in light, in dark and on a phone: no finding of axe, nothing that has to be scrolled
// sideways, no error in the console, and a picture.
import { expect, test } from '../../fixtures';
import { pages } from '../../pages-list.mjs';

for (const { name, path, who } of pages) {
  test(`${name} is in order`, async ({ page, signInAs, checkAccessibility, picture }) => {
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));

    if (who !== 'visitor') await signInAs(who);
    const answer = await page.goto(path);
    expect(answer?.status(), `GET ${path}`).toBeLessThan(400);
    await expect(page.getByRole('main')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await page.evaluate(() => document.fonts.ready);
    await picture(page, name);

    const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(inner, 'no sideways scrolling').toBeLessThanOrEqual(outer);
    await checkAccessibility(page);
    expect(complaints).toEqual([]);
  });
}

// Every page in light, in dark and on a phone: no finding of axe, nothing that has to be scrolled
// sideways, no error in the console, and a picture.
import { expect, test } from '../../fixtures';
import { awake } from '../../pages';
import { addressOf, missing, pages } from '../../pages-list.mjs';

for (const listed of [...pages, ...missing]) {
  test(`${listed.name} is in order`, async ({ page, signInAs, checkAccessibility, picture }) => {
    if (listed.who !== 'visitor') await signInAs(listed.who);
    const address = await addressOf(listed, page);

    const complaints: string[] = [];
    const { status = 200 } = listed;
    page.on('console', (message) => {
      // The browser itself complains of an answer that says that there is nothing.
      const expected = message.text().includes(`status of ${status}`);
      if (message.type() === 'error' && !expected) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    const answer = await page.goto(address);
    expect(answer?.status(), `GET ${address}`).toBe(status);
    expect(new URL(page.url()).pathname, 'no redirect').toBe(address);
    await expect(page.getByRole('main')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await page.evaluate(() => document.fonts.ready);
    // Not 'networkidle': a page that keeps itself true never is.
    await awake(page);
    // Before the picture: taking it styles the page in a way that its security policy complains of.
    expect(complaints, 'nothing in the console').toEqual([]);
    await picture(page, listed.name);

    const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(inner, 'no sideways scrolling').toBeLessThanOrEqual(outer);
    await checkAccessibility(page);
  });
}

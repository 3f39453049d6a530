// From signing up to the first connected business, as somebody goes who reads nothing twice: with a mouse, or with the
// keyboard alone. Counts what the person presses; typing into a field is not counted.

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').Locator} Locator */

/** The most presses of Tab from one thing to the next before the way counts as lost. */
const LOST = 60;

/** What presses, and how often it did. @param {Page} page @param {'mouse' | 'keyboard'} by */
function hand(page, by) {
  let presses = 0;
  /** Goes on with Tab until this has the focus. @param {Locator} to */
  const tabTo = async (to) => {
    await to.waitFor();
    for (let i = 0; i < LOST; i += 1) {
      if (await to.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
      presses += 1;
    }
    throw new Error(`${LOST} times Tab did not lead to ${to}`);
  };
  return {
    presses: () => presses,
    /** @param {Locator} button */
    press: async (button) => {
      if (by === 'keyboard') {
        await tabTo(button);
        await page.keyboard.press('Enter');
      } else {
        await button.click();
      }
      presses += 1;
    },
    /** @param {Locator} field @param {string} text */
    type: async (field, text) => {
      if (by === 'keyboard') {
        await tabTo(field);
        await page.keyboard.type(text);
      } else {
        // Who types goes from field to field with Tab, with a mouse at hand or without.
        await field.fill(text);
      }
    },
  };
}

/**
 * Signs up, connects what Meta offers, and looks at the status. Answers how often something was pressed.
 * @param {Page} page of a visitor, whose base address is the product's
 * @param {'mouse' | 'keyboard'} by
 * @param {string} email
 */
export async function firstConnect(page, by, email) {
  const person = hand(page, by);
  /** @param {string | RegExp} name */
  const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' });
  await page.goto('/sign-up');
  await person.type(page.getByLabel('Business name'), 'Brasa Café Group');
  await person.type(page.getByLabel('Your name'), 'Marta Teles');
  await person.type(page.getByLabel('E-mail'), email);
  await person.type(page.getByLabel('Password', { exact: true }), 'correct horse battery staple');
  await person.press(button('Sign up'));
  await page.waitForURL((url) => url.pathname !== '/sign-up');
  // Whatever comes first leads to the button, by a link at most.
  const link = page.getByRole('main').getByRole('link', { name: /^connect/i }).first();
  const start = button('Connect with Meta');
  await start.or(link).first().waitFor();
  if (!(await start.isVisible())) await person.press(link);
  await person.press(start);
  await person.press(button('Continue'));
  await page.getByRole('heading', { name: 'Choose what to connect' }).waitFor({ timeout: 30_000 });
  await person.press(button(/^connect (\d+ assets?|what is ticked)$/i));
  await page.getByRole('heading', { name: /connected$/i, level: 1 }).waitFor({ timeout: 30_000 });
  await person.press(page.getByRole('link', { name: 'See the proof' }));
  await page.getByRole('link', { name: /^disconnect/i }).first().waitFor();
  return person.presses();
}

// The simulator's SDK in a browser, on an empty page: what it refuses and says, and who it says is logged in. Meta's own does
// the same (Meta reference §2.1, §2.4).
import type { Page } from '@playwright/test';
import type { Demo } from '../../demo.mjs';
import { expect, test } from '../../fixtures';
import { Dialog } from '../../pages';

type LoginStatus = { status: string; authResponse: { accessToken?: string } | null };

declare global {
  interface Window {
    FB: {
      init: (options: { appId?: string; version?: string }) => void;
      getLoginStatus: (told: (response: LoginStatus) => void) => void;
      logout: (done: () => void) => void;
    };
    /** What the callback of FB.login was given. */
    answers: LoginStatus[];
  }
}

/** Opens an empty page at this address that has the SDK and a button, and keeps the errors of its console. */
async function openWithSdk(page: Page, demo: Demo, address: string): Promise<string[]> {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const sdk = new URL('/en_US/sdk.js', demo.meta_url).href;
  const body = `<!doctype html><html lang="en"><title>A shop</title><link rel="icon" href="data:,">
    <button onclick="FB.login(function (answer) { answers.push(answer); }, { scope: 'public_profile' })">Log in</button>
    <script>var answers = [];</script><script src="${sdk}"></script></html>`;
  // The page comes from nowhere, and its script from this machine.
  await page.context().grantPermissions(['local-network-access']);
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(address);
  return errors;
}

const logIn = (page: Page) => page.getByRole('button', { name: 'Log in' });

/** Presses the button, and waits for Meta's window. */
async function dialog(page: Page): Promise<Dialog> {
  const opened = page.waitForEvent('popup');
  await logIn(page).click();
  return new Dialog(await opened);
}

/** What getLoginStatus answers. */
function status(page: Page): Promise<string> {
  return page.evaluate(() => new Promise<string>((told) => window.FB.getLoginStatus((response) => told(response.status))));
}

test('on a page over plain http, FB.login does nothing but say so', async ({ page, tlsDemo, tlsSimulator }) => {
  const errors = await openWithSdk(page, tlsDemo, 'http://localhost:8765/shop');
  const { id } = await tlsSimulator.app();
  await page.evaluate((appId) => window.FB.init({ appId, version: 'v25.0' }), id);
  await logIn(page).click();
  await expect.poll(() => errors.join('\n')).toContain('The method FB.login can no longer be called from http pages.');
  expect(page.context().pages(), 'no window was opened').toHaveLength(1);
  expect(await page.evaluate(() => window.answers)).toEqual([]);
});

test('FB.login before FB.init, and FB.init without what it needs, are told', async ({ page, tlsDemo }) => {
  const errors = await openWithSdk(page, tlsDemo, `${tlsDemo.url}shop`);
  await logIn(page).click();
  await expect.poll(() => errors.join('\n')).toContain('FB.login() called before FB.init().');

  const thrown = await page.evaluate(() => {
    try {
      window.FB.init({ appId: '1' });
      return 'nothing';
    } catch (error) {
      return String(error);
    }
  });
  expect(thrown).toContain('init not called with valid version');

  await page.evaluate(() => window.FB.init({ appId: 'a configuration', version: 'v25.0' }));
  await expect.poll(() => errors.join('\n')).toContain('Invalid App Id: Must be a number or numeric string');

  // An empty App ID is as if nobody had called it.
  const before = errors.length;
  await page.evaluate(() => window.FB.init({ appId: '', version: 'v25.0' }));
  await logIn(page).click();
  await expect.poll(() => errors.slice(before).join('\n')).toContain('FB.login() called before FB.init().');
  expect(page.context().pages(), 'no window was opened').toHaveLength(1);
});

test('who is logged in is unknown, then not authorized, then connected, and unknown again', async ({ page, tlsDemo, tlsSimulator }) => {
  await openWithSdk(page, tlsDemo, `${tlsDemo.url}shop`);
  const { id } = await tlsSimulator.app();
  await page.evaluate((appId) => window.FB.init({ appId, version: 'v25.0' }), id);
  const answers = () => page.evaluate(() => window.answers);
  expect(await status(page)).toBe('unknown');

  await (await dialog(page)).cancel();
  await expect.poll(answers).toEqual([{ authResponse: null, status: 'unknown' }]);
  expect(await status(page), 'somebody is logged in and did not allow the app').toBe('not_authorized');

  await (await dialog(page)).agree();
  await expect.poll(async () => (await answers()).length).toBe(2);
  const [, granted] = await answers();
  expect(granted?.status).toBe('connected');
  expect(granted?.authResponse?.accessToken).toMatch(/^EAA/);
  expect(await status(page)).toBe('connected');

  await page.evaluate(() => new Promise<void>((done) => window.FB.logout(done)));
  expect(await status(page)).toBe('unknown');
});

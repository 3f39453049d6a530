import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog, SignUp } from '../../pages';

test('over https the dialog opens in a popup and the page goes on by itself', async ({ browser, tlsDemo }) => {
  const context = await browser.newContext({ baseURL: tlsDemo.url, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await new SignUp(page).fillIn();
  const connect = new Connect(page);
  await connect.open();

  const opened = page.waitForEvent('popup');
  await connect.start.click();
  const popup = await opened;
  const closed = popup.waitForEvent('close');
  await new Dialog(popup).agree();
  await closed;

  await new Choose(page).shown();
  expect(page.url(), 'the page itself never left').toContain(new URL(tlsDemo.url).host);
  await context.close();
});

test('closing the popup is a cancel, not an error', async ({ browser, tlsDemo }) => {
  const context = await browser.newContext({ baseURL: tlsDemo.url, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await new SignUp(page).fillIn();
  const connect = new Connect(page);
  await connect.open();

  const opened = page.waitForEvent('popup');
  await connect.start.click();
  const popup = await opened;
  await new Dialog(popup).shown();
  await popup.close();

  await expect(connect.notice(/cancel|closed|nothing (was )?(changed|connected)/i)).toBeVisible();
  await expect(connect.start).toBeEnabled();
  await context.close();
});

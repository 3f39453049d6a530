// The demo over https, where Meta's SDK may be used.
import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog } from '../../pages';

test('the dialog opens in a popup and the page goes on by itself', async ({ asTlsOwner: page, tlsDemo, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  const connect = new Connect(page);
  await connect.open();
  await connect.popupReady();

  const opened = page.waitForEvent('popup');
  await connect.start.click();
  const popup = await opened;
  const closed = popup.waitForEvent('close');
  await new Dialog(popup).agree();
  await closed;

  await new Choose(page).shown();
  expect(new URL(page.url()).origin, 'the page itself never left').toBe(new URL(tlsDemo.url).origin);
});

test('cancelling in the popup is no error', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  const connect = new Connect(page);
  await connect.open();
  await connect.popupReady();

  const opened = page.waitForEvent('popup');
  await connect.start.click();
  await new Dialog(await opened).cancel();
  await expect(connect.notThisTime).toBeVisible();
});

test('where the SDK is blocked, the same button leads to the dialog in this window', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  await page.route('**/sdk.js*', (route) => route.abort('blockedbyclient'));
  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await new Dialog(page).agree();
  await new Choose(page).shown();
  expect(page.context().pages(), 'no popup was opened').toHaveLength(1);
});

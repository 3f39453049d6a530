// The demo over https, where Meta's SDK may be used.
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { AddNumber, Choose, Connect, Dialog, SignupDialog, Status } from '../../pages';
import { phoneAddress, testAddresses, tickAndConnect, writeAsCustomer } from '../../walk.mjs';

/** Presses the button, and answers Meta's window. */
async function openPopup(page: Page): Promise<Page> {
  const connect = new Connect(page);
  await connect.open();
  await connect.popupReady();
  const opened = page.waitForEvent('popup');
  await connect.start.click();
  return opened;
}

/** Looks at Meta's window for as long as it takes to see what it is, as every person does. */
async function look(page: Page, popup: Page): Promise<void> {
  await new Dialog(popup).shown();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 600)));
}

/** Leaves the page without the focus: outside of a test the window in front has it, here every page believes it has. */
async function behindAnotherWindow(page: Page): Promise<void> {
  await page.addInitScript(() => {
    document.hasFocus = () => false;
  });
}

test('the dialog opens in a popup and the page goes on by itself', async ({ asTlsOwner: page, tlsDemo, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  const popup = await openPopup(page);
  const closed = popup.waitForEvent('close');
  await new Dialog(popup).agree();
  await closed;

  await new Choose(page).shown();
  expect(new URL(page.url()).origin, 'the page itself never left').toBe(new URL(tlsDemo.url).origin);
});

test('cancelling in the popup is no error', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  const popup = await openPopup(page);
  await new Dialog(popup).cancel();
  await expect(new Connect(page).notThisTime).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('closing the popup by hand is no error', async ({ asTlsOwner: page, tlsDemo, tlsSimulator, checkAccessibility, picture }) => {
  await tlsSimulator.load('corner-shop');
  const popup = await openPopup(page);
  await look(page, popup);
  await popup.close();
  const connect = new Connect(page);
  await expect(connect.notThisTime).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(new URL(page.url()).origin, 'the page itself never left').toBe(new URL(tlsDemo.url).origin);
  await checkAccessibility(page);
  await picture(page, 'popup-closed');

  await connect.again.click();
  await expect(connect.start).toBeVisible();
});

test('where Meta cuts the popup off from its page, the page goes on by itself', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  await tlsSimulator.switch({ sever_opener: true });
  const popup = await openPopup(page);
  await new Dialog(popup).shown();
  expect(await popup.evaluate(() => window.opener), 'the popup was cut off').toBeNull();

  await new Dialog(page).agree();
  await new Choose(page).shown();
});

test('where a later page of Meta cuts it off and stays in front, the page goes on as well', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  await behindAnotherWindow(page);
  const popup = await openPopup(page);
  await look(page, popup);
  await tlsSimulator.switch({ sever_opener: true });
  await popup.reload();
  expect(await popup.evaluate(() => window.opener), 'the popup was cut off').toBeNull();

  await new Dialog(page).agree();
  await new Choose(page).shown();
});

test('where it cannot be told from a cancel, one button goes on in this tab', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  const popup = await openPopup(page);
  await look(page, popup);
  await tlsSimulator.switch({ sever_opener: true });
  // The person is back at the page, with the window still open elsewhere.
  await popup.reload();
  const connect = new Connect(page);
  await expect(connect.notThisTime).toBeVisible();
  await connect.inThisTab.click();
  await new Dialog(page).agree();
  await new Choose(page).shown();
});

test('over https, what a customer writes arrives', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  await new Dialog(await openPopup(page)).agree();
  await new Choose(page).shown();
  await tickAndConnect(page);
  await page.goto((await testAddresses(page))[0] ?? '/');
  const phone = await phoneAddress(page);
  const status = new Status(page);
  await status.open();
  await writeAsCustomer(await page.context().newPage(), phone, 'Do you have a table for two?');
  await expect(status.card('Facebook').getByText('Active', { exact: true }).first()).toBeVisible();
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

/** The attempts that the page begins for the popup, as it begins them. */
function attemptsOf(page: Page): string[] {
  const begun: string[] = [];
  page.on('request', (request) => {
    if (/\/rpc\/begin-(signup-)?popup/.test(request.url())) begun.push(request.url());
  });
  return begun;
}

test('pressing twice begins one attempt and opens one window', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  const begun = attemptsOf(page);
  const popups: Page[] = [];
  page.on('popup', (popup) => popups.push(popup));
  const connect = new Connect(page);
  await connect.open();
  await connect.popupReady();
  const opened = page.waitForEvent('popup');
  await connect.start.dblclick();
  const popup = await opened;
  await new Dialog(popup).shown();
  await expect(connect.start).toBeDisabled();
  // Once more while the window is open: it stays the same one.
  await connect.start.click({ force: true });
  await new Dialog(popup).agree();
  await new Choose(page).shown();
  expect(popups, 'windows').toHaveLength(1);
  expect(begun, 'attempts').toHaveLength(1);
});

test('pressing twice while the window is being prepared opens one', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  const begun = attemptsOf(page);
  const popups: Page[] = [];
  page.on('popup', (popup) => popups.push(popup));
  let goOn = (): void => {};
  const held = new Promise<void>((done) => {
    goOn = done;
  });
  await page.route('**/sdk.js*', async (route) => {
    await held;
    await route.continue();
  });
  const connect = new Connect(page);
  await connect.open();
  await page.waitForLoadState('networkidle');
  await connect.start.click();
  await expect(page.getByText('Preparing the window…')).toBeVisible();
  await connect.start.click({ force: true });
  const opened = page.waitForEvent('popup');
  goOn();
  await new Dialog(await opened).agree();
  await new Choose(page).shown();
  expect(popups, 'windows').toHaveLength(1);
  expect(begun, 'attempts').toHaveLength(1);
});

test('an attempt that cannot be begun says why, and the button can be pressed again', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  const error = { status: 429, code: 'busy', field: null, what: 'Too many attempts at once.', why: '', todo: 'Wait a minute.', request_id: null, more: null };
  await page.route('**/rpc/begin-popup', (route) => route.fulfill({ status: 429, json: error }));
  const connect = new Connect(page);
  await connect.open();
  await page.waitForLoadState('networkidle');
  await connect.start.click();
  await expect(page.getByText('Too many attempts at once.')).toBeVisible();
  expect(page.context().pages(), 'no window was opened').toHaveLength(1);

  await page.unroute('**/rpc/begin-popup');
  await expect(connect.start).toBeEnabled();
  const opened = page.waitForEvent('popup');
  await connect.start.click();
  await new Dialog(await opened).agree();
  await new Choose(page).shown();
});

test('pressing twice to set up a number opens one window as well', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  const begun = attemptsOf(page);
  const popups: Page[] = [];
  page.on('popup', (popup) => popups.push(popup));
  const add = new AddNumber(page);
  await add.open();
  await add.popupReady();
  const opened = page.waitForEvent('popup');
  await add.start.dblclick();
  await new SignupDialog(await opened).leaveAt('PHONE_NUMBER_VERIFICATION');
  await expect(add.notSetUp).toBeVisible();
  expect(popups, 'windows').toHaveLength(1);
  expect(begun, 'attempts').toHaveLength(1);
});

// WhatsApp numbers: setting one up in Meta's window, and what can be done on a number's page.
import { expect, test } from '../../fixtures';
import { Activity, AddNumber, Choose, Numbers } from '../../pages';
import { connectEverything } from '../../walk.mjs';

const UNREGISTERED = { platform_type: 'NOT_APPLICABLE', status: 'PENDING' };
const UNVERIFIED = { platform_type: 'NOT_APPLICABLE', status: 'UNVERIFIED', code_verification_status: 'NOT_VERIFIED' };

for (const order of ['before', 'after', 'missing'] as const) {
  test(`a number is set up in Meta's window, whose message comes ${order}`, async ({ asTlsOwner: page, tlsSimulator }) => {
    await tlsSimulator.loadWithNumber('corner-shop', UNREGISTERED);
    await tlsSimulator.postMessage(order);
    const add = new AddNumber(page);
    await add.open();
    await add.popupReady();
    await (await add.window()).finish();

    const choose = new Choose(page);
    await choose.shown();
    await expect(page.getByRole('checkbox', { name: /\+34 600 555 551/ })).toBeChecked();
    await choose.connect();
    const numbers = new Numbers(page);
    await numbers.open();
    await expect(numbers.rows).toHaveCount(1);
    await expect(numbers.rows.first()).toContainText('Brasa Café');
    await expect(numbers.rows.first(), 'registered with a PIN of its own').toContainText('Waiting');
  });
}

test('a number of the WhatsApp Business app stays there and brings its chats', async ({ asTlsOwner: page, tlsSimulator, checkAccessibility, picture }) => {
  await tlsSimulator.load('corner-shop');
  const add = new AddNumber(page);
  await add.open();
  await add.ofTheApp.check();
  await add.popupReady();
  await (await add.window()).finish();
  const choose = new Choose(page);
  await choose.shown();
  await choose.connect();
  const number = await new Numbers(page).openFirst();
  await expect(page.getByRole('heading', { name: 'Used with the WhatsApp Business app' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Taken over from the app' }).getByText('Asked for', { exact: true })).toHaveCount(2);
  await expect(number.register).toHaveCount(0);
  await expect(number.deregisterFold).toHaveCount(0);
  await checkAccessibility(page);
  await picture(page, 'number-business-app');
});

test('leaving at a step is no error, and is told', async ({ asTlsOwner: page, tlsSimulator, checkAccessibility }) => {
  await tlsSimulator.load('corner-shop');
  const add = new AddNumber(page);
  await add.open();
  await add.popupReady();
  await (await add.window()).leaveAt('PHONE_NUMBER_VERIFICATION');
  await expect(add.notSetUp).toBeVisible();
  await expect(page.getByText('where the number is verified with a code')).toBeVisible();
  await checkAccessibility(page);

  const activity = new Activity(page);
  await activity.open();
  await expect(activity.entry(/left at the step PHONE_NUMBER_VERIFICATION/)).toBeVisible();
});

test('an error of the window is shown with its number', async ({ asTlsOwner: page, tlsSimulator }) => {
  await tlsSimulator.load('corner-shop');
  const add = new AddNumber(page);
  await add.open();
  await add.popupReady();
  await (await add.window()).reportError();
  await expect(add.refused).toBeVisible();
  await expect(page.getByText(/too new.*524126/)).toBeVisible();
  await add.again.click();
  await expect(add.start).toBeVisible();
});

test('a number with a PIN is registered on its page with that one', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  await simulator.loadWithNumber('corner-shop', { ...UNREGISTERED, pin: '246810' });
  await connectEverything(page);
  const number = await new Numbers(page).openFirst();
  await expect(page.getByText('This number needs its PIN.')).toBeVisible();
  await number.pin.fill('111111');
  await number.register.click();
  await expect(number.problem).toContainText('does not accept the PIN');
  await expect(number.pin).toHaveValue('');
  await checkAccessibility(page);
  await picture(page, 'number-wrong-pin');
  await number.pin.fill('246810');
  await number.register.click();
  await expect(number.done.first()).toContainText('The number is registered.');
  await expect(page.getByText('This number needs its PIN.')).toHaveCount(0);
});

test('a number is verified with a code, registered, named and deregistered', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  await simulator.loadWithNumber('corner-shop', UNVERIFIED);
  await connectEverything(page);
  const number = await new Numbers(page).openFirst();
  await picture(page, 'number-unverified');
  await number.requestCode.click();
  await expect(number.done.first()).toContainText('Meta sends the code now.');
  await number.code.fill('000000');
  await number.verify.click();
  await expect(number.problem).toContainText('does not accept the code');
  await number.code.fill('123456');
  await number.verify.click();
  await expect(number.done.first()).toContainText('The number is verified.');
  await number.pin.fill('135790');
  await number.register.click();
  await expect(number.done.first()).toContainText('The number is registered.');

  await number.name.fill('Counter, Centro');
  await number.saveName.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Counter, Centro' })).toBeVisible();
  await checkAccessibility(page);
  await picture(page, 'number');

  await number.deregisterFold.click();
  await expect(page.getByText('Nothing can be sent from the number')).toBeVisible();
  await number.confirmDeregister.check();
  await number.deregister.click();
  await expect(number.done.first()).toContainText('The number is deregistered.');
  await expect(page.getByText('This number is deregistered.')).toBeVisible();
});

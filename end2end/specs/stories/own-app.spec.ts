// An owner enters the business's own Meta app, connects through it, and goes back to the installation's.
import { expect, test } from '../../fixtures';
import { Choose, Connect, Dialog, OwnApp, Status } from '../../pages';

const app = { id: '2093847561029384', secret: '9e37a0b2d7c14f5681d3e4c6b0a2f95f', name: 'Brasa Connect' };

test('a business connects through its own Meta app', async ({
  asOwner: page,
  ownDemo,
  simulator,
  checkAccessibility,
  picture,
}) => {
  await simulator.addApp(app);
  const own = new OwnApp(page);
  await new Connect(page).open();
  await page.getByRole('link', { name: 'Use your own Meta app' }).click();
  await expect(own.ofInstallation).toBeVisible();
  await expect(own.value('Valid OAuth Redirect URI')).toHaveValue(`${ownDemo.url}oauth/meta/callback`);
  await expect(own.value('Webhook callback URL')).toBeHidden();
  await picture(page, 'own-app-none');
  await checkAccessibility(page);

  await own.enter('my app', app.secret);
  await expect(own.problem).toContainText('Invalid App ID format');
  await expect(own.appSecret).toHaveValue('');
  await own.enter(app.id, '0'.repeat(32));
  await expect(own.problem).toContainText('does not belong to the App ID');
  // Whoever has the secret of an app that is here already is told no more than that.
  const installation = await simulator.app();
  await own.enter(installation.id, installation.secret);
  await expect(own.problem).toContainText('This App ID cannot be used for your business');

  await own.enter(app.id, app.secret);
  await expect(page.getByText('Your Meta app is saved', { exact: false })).toBeVisible();
  await expect(own.check('Proven', /App ID and App Secret accepted/)).toContainText('Brasa Connect');
  await expect(own.value('Webhook callback URL')).toHaveValue(`${ownDemo.url}webhooks/meta/${app.id}`);
  await expect(own.value('Deauthorize callback URL')).toHaveValue(`${ownDemo.url}meta/deauthorize/${app.id}`);
  await own.subscribe.click();
  await expect(own.check('Proven', /Meta sends its webhooks here, 4 objects/)).toBeVisible();
  await own.showVerifyToken.click();
  await expect(own.verifyToken).toHaveValue(/^[0-9a-f]{64}$/);
  await picture(page, 'own-app');
  await checkAccessibility(page);

  const connect = new Connect(page);
  await connect.open();
  await connect.start.click();
  await expect(page).toHaveURL(new RegExp(`client_id=${app.id}`));
  await new Dialog(page).agree();
  const choose = new Choose(page);
  await choose.shown();
  await choose.connect();
  const status = new Status(page);
  await status.open();
  await expect(status.connected).toBeVisible();

  await own.open();
  await expect(own.check('Proven', /Meta accepts the redirect URI/)).toBeVisible();
  await expect(own.check('Proven', /Somebody is connected/)).toBeVisible();
  await own.reviewKit.click();
  await expect(page.getByRole('heading', { name: 'Review kit', level: 1 })).toBeVisible();

  await own.open();
  await own.stopUsing.click();
  await expect(own.ofInstallation).toBeVisible();
  await expect(page.getByText(`1 connection goes on with App ID ${app.id}`)).toBeVisible();
  await status.open();
  await expect(status.connected).toBeVisible();
});

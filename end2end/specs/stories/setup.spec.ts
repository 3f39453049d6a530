// An operator with an empty installation pastes ids and secrets until they are right, and an owner connects.
import { expect, signIn, test } from '../../fixtures';
import { awake, Choose, Connect, Dialog, Setup, Status } from '../../pages';
import { Simulator } from '../../simulator';

test('an empty installation is set up by pasting, and then a business connects', async ({
  asSettingUp: page,
  emptyDemo,
  emptyWatch,
  request,
  browser,
  checkAccessibility,
  picture,
}) => {
  const simulator = new Simulator(request, emptyDemo.meta_url);
  const app = await simulator.app();
  const setUp = new Setup(page);
  await setUp.open();
  await expect(setUp.noApp).toBeVisible();
  await expect(setUp.check('Wrong', /\S/), 'the form alone asks for the app').toHaveCount(0);
  await picture(page, 'setup-empty');
  await checkAccessibility(page);

  await setUp.enter('my app', app.secret);
  await expect(setUp.problem).toContainText('Invalid App ID format');
  await expect(setUp.appId).toHaveValue('my app');
  await expect(setUp.appSecret).toHaveValue('');

  await setUp.enter('123456789012345', app.secret);
  await expect(setUp.problem).toContainText('Meta knows no app with this App ID');

  await setUp.enter(app.id, '0'.repeat(32));
  await expect(setUp.problem).toContainText('does not belong to the App ID');
  await picture(page, 'setup-wrong-secret');

  await setUp.enter(app.id, app.secret);
  await expect(page.getByText('The Meta app is saved.')).toBeVisible();
  await expect(setUp.check('Proven', /App ID and App Secret accepted/)).toBeVisible();
  await expect(setUp.check('Check yourself', /Redirect URI/)).toBeVisible();
  await expect(setUp.value('Valid OAuth Redirect URI')).toHaveValue(`${emptyDemo.url}oauth/meta/callback`);

  await setUp.subscribe.click();
  await expect(setUp.check('Proven', /Meta sends its webhooks here, 4 objects/)).toBeVisible();
  await expect(setUp.check('Proven', /Meta called the webhook/)).toBeVisible();

  await simulator.takeOver('page', 'https://other.example/hook');
  await setUp.checkAgain.click();
  await expect(setUp.check('Wrong', /Another tool receives/)).toContainText('https://other.example/hook');
  await picture(page, 'setup-another-tool');
  await checkAccessibility(page);
  await setUp.subscribe.click();
  await expect(setUp.check('Proven', /Meta sends its webhooks here/)).toBeVisible();

  await setUp.showVerifyToken.click();
  await expect(setUp.verifyToken).toHaveValue(/^[0-9a-f]{64}$/);

  const owner = await emptyWatch.follow(await browser.newContext({ baseURL: emptyDemo.url })).newPage();
  await signIn(owner, emptyDemo.owner);
  await new Connect(owner).open();
  await new Connect(owner).start.click();
  await new Dialog(owner).agree();
  const choose = new Choose(owner);
  await choose.shown();
  await choose.connect();
  const status = new Status(owner);
  await status.open();
  await expect(status.connected).toBeVisible();
  await owner.context().close();

  await setUp.open();
  await expect(setUp.check('Proven', /Meta accepts the redirect URI/)).toBeVisible();
  await expect(setUp.check('Proven', /Businesses are connected/)).toBeVisible();
  await setUp.reviewKit.click();
  await expect(page.getByRole('heading', { name: 'Review kit', level: 1 })).toBeVisible();
  await page.getByText('pages_messaging', { exact: true }).click();
  await expect(page.getByRole('region', { name: 'Reason for pages_messaging' })).toContainText('messages that customers send');
  await checkAccessibility(page);
});

test('the page redraws itself when Meta has answered', async ({ page, signInAs, demo, request }) => {
  await signInAs('operator');
  const setUp = new Setup(page);
  await setUp.open();
  await awake(page);
  const simulator = new Simulator(request, demo.meta_url);
  await expect(setUp.check('Proven', /App ID and App Secret accepted/)).toBeVisible();
  await expect(page.getByText('This app comes from the settings')).toBeVisible();

  // Somebody checks in another window; this one hears of it.
  const other = new Setup(await page.context().newPage());
  await other.open();
  await expect(other.check('Proven', /App ID and App Secret accepted/)).toBeVisible();
  if (await other.subscribe.isVisible()) await other.subscribe.click();
  await expect(other.check('Proven', /Meta sends its webhooks here/)).toBeVisible();
  await simulator.takeOver('permissions', 'https://other.example/hook');
  await other.checkAgain.click();
  await expect(setUp.check('Wrong', /Another tool receives/)).toBeVisible();
  await other.subscribe.click();
  await expect(setUp.check('Proven', /Meta sends its webhooks here/)).toBeVisible();
});

test('a value is copied from the keyboard', async ({ page, signInAs, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signInAs('operator');
  const setUp = new Setup(page);
  await setUp.open();
  await awake(page);
  await setUp.value('Valid OAuth Redirect URI').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await setUp.value('Valid OAuth Redirect URI').inputValue());
});

// Setting up with scripts switched off: plain forms, and values that can be selected.
import { expect, test } from '../../fixtures';
import { Setup } from '../../pages';
import { Simulator } from '../../simulator';

test('setting up needs no script', async ({ asSettingUp: page, emptyDemo, request, picture }) => {
  const app = await new Simulator(request, emptyDemo.meta_url).app();
  const setUp = new Setup(page);
  await setUp.open();
  await setUp.enter(app.id, app.secret);
  await expect(setUp.check('Proven', /App ID and App Secret accepted/)).toBeVisible();
  await setUp.subscribe.click();
  await expect(setUp.check('Proven', /Meta called the webhook/)).toBeVisible();
  await expect(setUp.value('Webhook callback URL')).toHaveValue(`${emptyDemo.url}webhooks/meta`);
  await setUp.showVerifyToken.click();
  await expect(setUp.verifyToken).toBeVisible();
  await picture(page, 'setup');
});

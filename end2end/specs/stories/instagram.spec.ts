// An Instagram account that is linked to no Page connects by itself, hears its customers, and goes.
import { expect, test } from '../../fixtures';
import { Choose, Connect, Disconnect, InstagramDialog, Status } from '../../pages';

const VAN = '17841400000000777';

test('an account without a Page connects with Instagram and becomes active', async ({ asOwner: page, simulator, checkAccessibility, picture }) => {
  await simulator.load('corner-shop');
  const connect = new Connect(page);
  await connect.open();
  await expect(connect.instagram).toBeVisible();
  await checkAccessibility(page);
  await picture(page, 'connect-instagram');
  await connect.instagram.click();
  const dialog = new InstagramDialog(page);
  await dialog.shown();
  await dialog.allow();

  const choose = new Choose(page);
  await choose.shown();
  await expect(page.getByText('@brasa.to.go')).toBeVisible();
  await picture(page, 'choose-instagram');
  await choose.connect();
  const status = new Status(page);
  await status.open();
  await expect(status.asset('@brasa.to.go')).toBeVisible();
  await expect(page.getByText('its own access, connected by')).toBeVisible();

  await simulator.write(VAN, 'amara', 'is the van at the market?');
  await expect(async () => {
    await status.open();
    await expect(status.card('Instagram')).toContainText('Active', { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await checkAccessibility(page);
  await picture(page, 'status-instagram');

  await status.disconnect.click();
  const disconnect = new Disconnect(page);
  await expect(page.getByText(/^Stays at Instagram/)).toBeVisible();
  await disconnect.confirm.click();
  await expect(disconnect.done).toBeVisible({ timeout: 20_000 });
});

test('who cancels at Instagram has changed nothing', async ({ asOwner: page, simulator }) => {
  await simulator.load('corner-shop');
  const connect = new Connect(page);
  await connect.open();
  await connect.instagram.click();
  const dialog = new InstagramDialog(page);
  await dialog.cancel();
  await expect(connect.notThisTime).toBeVisible();
});

// Every page and who may see it: what axe, Lighthouse, the pictures and the benches go through.
import { phoneAddress, reachWizard, testAddresses, writeAsCustomer } from './walk.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {'visitor' | 'owner' | 'operator'} Who
 * @typedef {{ name: string, who: Who, path: string | ((page: Page) => Promise<string>), status?: number }} Listed
 *   `path` is found by a signed-in page where its address has an id in it; `status` is 200 where there is none
 */

/** The plan of disconnecting what the demo has connected. @param {Page} page */
async function disconnecting(page) {
  await page.goto('/');
  const address = await page.getByRole('link', { name: /^disconnect/i }).first().getAttribute('href');
  return address ?? '/';
}

/** The page on which the first asset that waits can be tested. @param {Page} page */
async function sending(page) {
  const [first] = await testAddresses(page);
  return first ?? '/';
}

/** The newest delivery; where there is none yet, a customer writes first. @param {Page} page */
async function delivery(page) {
  const newest = page.getByRole('link', { name: /^1 message/ }).first();
  await page.goto('/deliveries');
  if (!(await newest.isVisible())) {
    await page.goto((await testAddresses(page)).at(-1) ?? '/');
    await writeAsCustomer(page, await phoneAddress(page), 'Do you have a table for two?');
    await page.goto('/deliveries');
    await newest.waitFor();
  }
  return (await newest.getAttribute('href')) ?? '/deliveries';
}

/** The page of the first WhatsApp number. @param {Page} page */
async function number(page) {
  await page.goto('/whatsapp-numbers');
  return (await page.getByRole('link', { name: /^details of/i }).first().getAttribute('href')) ?? '/whatsapp-numbers';
}

/** An invitation for somebody else, which says to whom it is; each time a new one. @param {Page} page */
async function invitation(page) {
  await page.goto('/team');
  await page.getByLabel('Their e-mail').fill(`guest-${Date.now()}@example.com`);
  await page.getByRole('button', { name: 'Make a link' }).click();
  return new URL(await page.getByLabel('Invitation link', { exact: true }).inputValue()).pathname;
}

/** The page that a set-up link opens; each time a new one. @param {Page} page */
async function setUp(page) {
  await page.goto('/set-up-links');
  await page.getByLabel('For whom').fill('A colleague');
  await page.getByRole('button', { name: 'Make a link' }).click();
  return new URL(await page.getByLabel('Set-up link', { exact: true }).inputValue()).pathname;
}

/** Where somebody who connected nothing sees that what was known of them is deleted. @param {Page} page */
async function deletion(page) {
  await page.goto((await testAddresses(page)).at(-1) ?? '/');
  const meta = await phoneAddress(page);
  const { people } = await (await page.request.get(new URL('/_sim/world', meta).href)).json();
  const asked = new URL(`/_sim/people/${people.at(-1).id}/request_deletion`, meta).href;
  return new URL((await (await page.request.post(asked)).json()).url).pathname;
}

/** The page of a webhook endpoint; where there is none yet, one is added that nothing listens at. @param {Page} page */
async function endpoint(page) {
  await page.goto('/developers');
  const first = page.getByRole('region', { name: 'Webhook endpoints' }).getByRole('listitem').getByRole('link').first();
  if (!(await first.isVisible())) {
    await page.getByLabel('Address').fill('http://127.0.0.1:9/hook');
    await page.getByRole('button', { name: 'Add the endpoint' }).click();
    await page.getByLabel('Signing secret').waitFor();
  }
  return (await first.getAttribute('href')) ?? '/developers';
}

/** @type {readonly Listed[]} */
export const pages = [
  { name: 'sign-in', path: '/sign-in', who: 'visitor' },
  { name: 'sign-up', path: '/sign-up', who: 'visitor' },
  { name: 'forgot-password', path: '/forgot-password', who: 'visitor' },
  { name: 'privacy', path: '/privacy', who: 'visitor' },
  { name: 'help', path: '/help/errors', who: 'visitor' },
  { name: 'terms', path: '/terms', who: 'visitor' },
  { name: 'status', path: '/', who: 'owner' },
  { name: 'connect', path: '/connect', who: 'owner' },
  { name: 'choose', path: reachWizard, who: 'owner' },
  { name: 'disconnect', path: disconnecting, who: 'owner' },
  { name: 'whatsapp-numbers', path: '/whatsapp-numbers', who: 'owner' },
  { name: 'whatsapp-number', path: number, who: 'owner' },
  { name: 'whatsapp-number-add', path: '/whatsapp-numbers/add', who: 'owner' },
  { name: 'set-up-links', path: '/set-up-links', who: 'owner' },
  { name: 'team', path: '/team', who: 'owner' },
  { name: 'join', path: invitation, who: 'owner' },
  { name: 'set-up', path: setUp, who: 'owner' },
  { name: 'deletion', path: deletion, who: 'owner' },
  { name: 'account', path: '/account', who: 'owner' },
  { name: 'test-message', path: sending, who: 'owner' },
  { name: 'delivery', path: delivery, who: 'owner' },
  { name: 'deliveries', path: '/deliveries', who: 'owner' },
  { name: 'activity', path: '/activity', who: 'owner' },
  { name: 'developers', path: '/developers', who: 'owner' },
  { name: 'endpoint', path: endpoint, who: 'owner' },
  { name: 'admin', path: '/admin', who: 'operator' },
  { name: 'meta-app', path: '/meta-app', who: 'owner' },
  { name: 'setup', path: '/setup', who: 'operator' },
  { name: 'setup-review', path: '/setup/review', who: 'operator' },
];

/** What is shown where nothing is; Lighthouse looks at no such answer. @type {readonly Listed[]} */
export const missing = [
  { name: 'not-found', path: '/nowhere', who: 'owner', status: 404 },
  { name: 'not-found-visitor', path: '/nowhere', who: 'visitor', status: 404 },
];

/** The address of a listed page. @param {Listed} listed @param {Page} page signed in as who may see it */
export async function addressOf(listed, page) {
  return typeof listed.path === 'string' ? listed.path : listed.path(page);
}

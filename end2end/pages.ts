// Every name by which the tests find something on a page, and nothing else: when a page says it
// differently, only this file changes. By role and label alone, as a person or a screen reader would.
import { expect, type Locator, type Page } from '@playwright/test';
import { saveChoice } from './walk.mjs';

let signUps = 0;

/** Waits until the scripts of a page are at work, where it has any. */
export async function awake(page: Page): Promise<void> {
  if ((await page.locator('leptos-island').count()) > 0) await page.locator('html[data-awake]').waitFor();
}

/** /sign-up */
export class SignUp {
  constructor(private readonly page: Page) {}

  /** Creates a tenant and its owner, whom it leaves signed in. */
  async fillIn(): Promise<{ email: string; password: string }> {
    signUps += 1;
    const email = `owner-${process.pid}-${Date.now()}-${signUps}@example.com`;
    const password = 'correct horse battery staple';
    await this.page.goto('/sign-up');
    await this.page.getByLabel('Business name').fill('Brasa Café Group');
    await this.page.getByLabel('Your name').fill('Marta Teles');
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign up' }).click();
    await expect(this.page).not.toHaveURL(/\/sign-up/);
    return { email, password };
  }
}

/** The frame of every signed-in page. */
export class Desk {
  constructor(private readonly page: Page) {}

  async signOut(name: RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).click();
    await this.page.getByRole('button', { name: 'Sign out' }).click();
  }
}

/** /connect: where connecting begins. */
export class Connect {
  readonly start: Locator;
  readonly notThisTime: Locator;
  readonly nothingToConnect: Locator;
  readonly again: Locator;

  constructor(private readonly page: Page) {
    this.start = page.getByRole('button', { name: 'Connect with Meta' });
    this.notThisTime = page.getByRole('heading', { name: 'Not connected this time' });
    this.nothingToConnect = page.getByRole('heading', { name: 'Meta shows nothing to connect' });
    this.again = page.getByRole('link', { name: 'Connect again' });
  }

  async open(): Promise<void> {
    await this.page.goto('/connect');
  }

  /** Waits until Meta's SDK is there, so that the next click opens the popup. */
  async popupReady(): Promise<void> {
    await this.page.waitForLoadState('networkidle');
    await this.start.hover();
    await this.page.waitForFunction(() => 'FB' in window);
  }
}

/** The simulator's dialog, on Meta's side, in the page itself or in the popup. */
export class Dialog {
  constructor(private readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.waitForURL(/\/dialog\/oauth/);
    await expect(this.page.getByRole('button', { name: 'Continue', exact: true })).toBeVisible();
  }

  /** Grants everything that is ticked at the start. */
  async agree(): Promise<void> {
    await this.shown();
    await this.page.getByRole('button', { name: 'Continue', exact: true }).click();
  }

  async cancel(): Promise<void> {
    await this.shown();
    await this.page.getByRole('button', { name: 'Cancel', exact: true }).click();
  }
}

/** /connect/{attempt}: the wizard. */
export class Choose {
  readonly heading: Locator;
  readonly search: Locator;
  readonly save: Locator;
  readonly done: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Choose what to connect' });
    this.search = page.getByRole('searchbox', { name: /^search/i });
    this.save = page.getByRole('button', { name: /^connect (\d+ assets?|what is ticked)$/i });
    this.done = page.getByRole('heading', { level: 1, name: /connected$/i });
  }

  /** The wizard is shown once discovery is through. */
  async shown(): Promise<void> {
    await expect(this.heading).toBeVisible({ timeout: 20_000 });
  }

  /** Saves what is ticked, and waits until Attaché has worked on it. */
  async connect(): Promise<void> {
    await saveChoice(this.page);
  }

  /** What can be ticked and is not hidden by a search. */
  usable(): Locator {
    return this.page.getByRole('checkbox', { disabled: false });
  }

  unusable(): Locator {
    return this.page.getByRole('checkbox', { disabled: true });
  }
}

/** /: the connections and what is proven of each. */
export class Status {
  readonly heading: Locator;
  readonly empty: Locator;
  readonly connected: Locator;
  readonly reconnect: Locator;
  readonly disconnect: Locator;
  readonly testAll: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Connections', level: 1 });
    this.empty = page.getByText('Nothing is connected yet').or(page.getByText('Disconnected.', { exact: true })).first();
    this.connected = page.getByText(/^connected\. /i).first();
    this.reconnect = page.getByRole('link', { name: 'Reconnect', exact: true });
    this.disconnect = page.getByRole('link', { name: /^disconnect/i }).first();
    this.testAll = page.getByRole('button', { name: 'Test all' });
  }

  async open(): Promise<void> {
    await this.page.goto('/');
  }

  /** The card of one platform: Facebook, Instagram, WhatsApp or Ads. */
  card(platform: string): Locator {
    return this.page.getByRole('article').filter({ has: this.page.getByRole('heading', { name: platform, exact: true }) });
  }
}

/** /assets/{asset}/test: a customer's message, and its arrival. */
export class SendTest {
  readonly waiting: Locator;
  readonly arrived: Locator;
  readonly lookAgain: Locator;
  readonly phone: Locator;
  readonly causes: Locator;

  constructor(page: Page) {
    this.waiting = page.getByText('Waiting for a message');
    this.arrived = page.getByText(/^it arrived at/i);
    this.lookAgain = page.getByRole('link', { name: 'Look again' });
    this.phone = page.getByRole('link', { name: /^open the customer.s phone/i });
    this.causes = page.getByRole('heading', { name: /likely causes/i });
  }
}

/** /deliveries: what Meta sent. */
export class Deliveries {
  readonly rows: Locator;
  readonly replay: Locator;
  readonly replayed: Locator;

  constructor(private readonly page: Page) {
    this.rows = page.getByRole('region', { name: 'Deliveries' }).getByRole('row').filter({ has: page.getByRole('link') });
    this.replay = page.getByRole('button', { name: 'Replay what is ticked' });
    this.replayed = page.getByText(/^replayed /i);
  }

  async open(): Promise<void> {
    await this.page.goto('/deliveries');
  }
}

/** /setup: the Meta app and what is proven of it. */
export class SetUp {
  readonly heading: Locator;
  readonly appId: Locator;
  readonly appSecret: Locator;
  readonly configurationId: Locator;
  readonly checkAgain: Locator;
  readonly subscribe: Locator;
  readonly showVerifyToken: Locator;
  readonly verifyToken: Locator;
  readonly reviewKit: Locator;
  readonly problem: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Set-up', level: 1 });
    this.appId = page.getByLabel('App ID', { exact: true });
    this.appSecret = page.getByLabel(/^App Secret/);
    this.configurationId = page.getByLabel(/^Configuration id/);
    this.checkAgain = page.getByRole('button', { name: 'Check again' }).first();
    this.subscribe = page.getByRole('button', { name: 'Subscribe', exact: true }).first();
    this.showVerifyToken = page.getByRole('button', { name: 'Show verify token' });
    this.verifyToken = page.getByRole('textbox', { name: 'Verify token' });
    this.reviewKit = page.getByRole('link', { name: 'Review kit' }).first();
    this.problem = page.getByRole('alert');
  }

  async open(): Promise<void> {
    await this.page.goto('/setup');
  }

  async enter(appId: string, appSecret: string): Promise<void> {
    await this.appId.fill(appId);
    await this.appSecret.fill(appSecret);
    await this.page.getByRole('button', { name: /^(Check and save|Save)$/ }).click();
  }

  /** One check, by how it stands and what it says. */
  check(state: 'Proven' | 'Wrong' | 'Waiting' | 'Check yourself', what: RegExp): Locator {
    return this.page.getByRole('listitem').filter({ hasText: new RegExp(`^${state}: `) }).filter({ hasText: what }).first();
  }

  /** A value that is there to be copied. */
  value(label: string): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }
}

/** /disconnect/{connection}: what will happen, then what was done. */
export class Disconnect {
  readonly confirm: Locator;
  readonly done: Locator;

  constructor(page: Page) {
    this.confirm = page.getByRole('button', { name: 'Disconnect', exact: true });
    this.done = page.getByRole('heading', { name: 'Disconnected', exact: true });
  }
}

/** /activity: what happened, newest first. */
export class Activity {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/activity');
  }

  entry(text: RegExp): Locator {
    return this.page.getByRole('region', { name: 'Entries' }).getByRole('listitem').filter({ hasText: text }).first();
  }
}

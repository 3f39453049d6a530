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
  readonly inThisTab: Locator;
  readonly instagram: Locator;

  constructor(private readonly page: Page) {
    this.instagram = page.getByRole('button', { name: 'Connect with Instagram' });
    this.start = page.getByRole('button', { name: 'Connect with Meta' });
    this.notThisTime = page.getByRole('heading', { name: 'Not connected this time' });
    this.nothingToConnect = page.getByRole('heading', { name: 'Meta shows nothing to connect' });
    this.again = page.getByRole('link', { name: 'Connect again' });
    this.inThisTab = page.getByRole('button', { name: 'Continue in this tab' });
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

  /** Leaves out everything of a kind, such as "Pages". */
  async untick(kind: string): Promise<void> {
    for (const box of await this.boxes(kind).all()) await box.uncheck();
  }

  /** Ticks everything of a kind. */
  async tick(kind: string): Promise<void> {
    for (const box of await this.boxes(kind).all()) await box.check();
  }

  private boxes(kind: string): Locator {
    return this.page.getByRole('group', { name: kind, exact: true }).getByRole('checkbox');
  }

  async cancel(): Promise<void> {
    await this.shown();
    await this.page.getByRole('button', { name: 'Cancel', exact: true }).click();
  }
}

/** The simulator's dialog of Instagram Login. */
export class InstagramDialog {
  constructor(private readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.waitForURL(/\/instagram\/oauth\/authorize/);
    await expect(this.page.getByRole('button', { name: 'Allow', exact: true })).toBeVisible();
  }

  async allow(): Promise<void> {
    await this.shown();
    await this.page.getByRole('button', { name: 'Allow', exact: true }).click();
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
  readonly stepsDone: Locator;
  readonly sendTest: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Choose what to connect' });
    this.search = page.getByRole('searchbox', { name: /^search/i });
    this.save = page.getByRole('button', { name: /^connect (\d+ assets?|\d+, disconnect \d+|what is ticked)$/i });
    this.done = page.getByRole('heading', { level: 1, name: /connected$/i });
    this.stepsDone = page.getByRole('list', { name: 'Steps', exact: true }).getByRole('listitem').filter({ hasText: '(done)' });
    this.sendTest = page.getByRole('link', { name: 'Send a test message' });
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
    this.testAll = page.getByRole('button', { name: 'Test all connections' });
  }

  async open(): Promise<void> {
    await this.page.goto('/');
  }

  /** What to do about a platform: the details of the asset that is worst off. */
  async seeWhatToDo(platform: string): Promise<void> {
    await this.card(platform).getByRole('link', { name: /^see what to do/i }).click();
  }

  /** The banner's account of when access ends. */
  ending(words: string): Locator {
    return this.page.getByText(`Access ends ${words},`).first();
  }

  /** One asset in the list of all. */
  asset(name: string): Locator {
    return this.page.getByRole('region', { name: /^assets/i }).getByText(name, { exact: true }).first();
  }

  /** The card of one platform: Facebook, Instagram, WhatsApp or Ads. */
  card(platform: string): Locator {
    return this.page.getByRole('article').filter({ has: this.page.getByRole('heading', { name: platform, exact: true }) });
  }
}

/** The details of one asset on the status page. */
export class AssetDetails {
  readonly steps: Locator;
  readonly pin: Locator;
  readonly register: Locator;

  constructor(page: Page) {
    this.steps = page.getByRole('list', { name: 'Steps after the choice' }).getByRole('listitem');
    this.pin = page.getByLabel('The number’s PIN');
    this.register = page.getByRole('button', { name: 'Register the number' });
  }

  step(text: RegExp): Locator {
    return this.steps.filter({ hasText: text });
  }

  async enterPin(pin: string): Promise<void> {
    await this.pin.fill(pin);
    await this.register.click();
  }
}

/** /whatsapp-numbers: the connected numbers. */
export class Numbers {
  readonly rows: Locator;
  readonly add: Locator;

  constructor(private readonly page: Page) {
    this.rows = page.getByRole('region', { name: 'Numbers' }).getByRole('row').filter({ has: page.getByRole('link') });
    this.add = page.getByRole('link', { name: 'Add a number' });
  }

  async open(): Promise<void> {
    await this.page.goto('/whatsapp-numbers');
  }

  /** The page of the first number. */
  async openFirst(): Promise<OneNumber> {
    await this.open();
    await this.page.getByRole('link', { name: /^details of/i }).first().click();
    await expect(this.page).toHaveURL(/\/whatsapp-numbers\/ast_/);
    return new OneNumber(this.page);
  }
}

/** /whatsapp-numbers/{id}: one number, and what can be done with it. */
export class OneNumber {
  readonly name: Locator;
  readonly saveName: Locator;
  readonly requestCode: Locator;
  readonly code: Locator;
  readonly verify: Locator;
  readonly pin: Locator;
  readonly register: Locator;
  readonly deregisterFold: Locator;
  readonly confirmDeregister: Locator;
  readonly deregister: Locator;
  readonly problem: Locator;
  readonly done: Locator;

  constructor(page: Page) {
    this.name = page.getByLabel(/^name \(optional\)/i);
    this.saveName = page.getByRole('button', { name: 'Save the name' });
    this.requestCode = page.getByRole('button', { name: 'Request a code' });
    this.code = page.getByLabel('Code', { exact: true });
    this.verify = page.getByRole('button', { name: 'Verify the number' });
    this.pin = page.getByLabel('The number’s PIN');
    this.register = page.getByRole('button', { name: 'Register the number' });
    this.deregisterFold = page.getByText('Deregister it', { exact: true });
    this.confirmDeregister = page.getByLabel('I have read what stops.');
    this.deregister = page.getByRole('button', { name: 'Deregister the number' });
    this.problem = page.getByRole('alert');
    this.done = page.locator('p[role="status"]').filter({ hasText: /\S/ });
  }
}

/** /whatsapp-numbers/add: setting a number up with Meta. */
export class AddNumber {
  readonly start: Locator;
  readonly ofTheApp: Locator;
  readonly notSetUp: Locator;
  readonly refused: Locator;
  readonly again: Locator;

  constructor(private readonly page: Page) {
    this.start = page.getByRole('button', { name: 'Set up with Meta' });
    this.ofTheApp = page.getByLabel('The number of your WhatsApp Business app');
    this.notSetUp = page.getByRole('heading', { name: 'No number was set up.' });
    this.refused = page.getByRole('heading', { name: 'Meta did not set up the number.' });
    this.again = page.getByRole('link', { name: 'Begin again' });
  }

  async open(): Promise<void> {
    await this.page.goto('/whatsapp-numbers/add');
  }

  /** Waits until Meta's SDK is there, so that the next click opens the popup. */
  async popupReady(): Promise<void> {
    await this.page.waitForLoadState('networkidle');
    await this.start.hover();
    await this.page.waitForFunction(() => 'FB' in window);
  }

  /** Opens Meta's window. */
  async window(): Promise<SignupDialog> {
    const opened = this.page.waitForEvent('popup');
    await this.start.click();
    return new SignupDialog(await opened);
  }
}

/** Embedded Signup, on Meta's side. */
export class SignupDialog {
  constructor(private readonly page: Page) {}

  async finish(): Promise<void> {
    const closed = this.page.waitForEvent('close');
    await this.page.getByRole('button', { name: 'Continue', exact: true }).click();
    await closed;
  }

  async leaveAt(step: string): Promise<void> {
    await this.page.getByText('Leave before the end').click();
    await this.page.getByLabel('Step').selectOption(step);
    await this.page.getByRole('button', { name: 'Leave at this step' }).click();
  }

  async reportError(): Promise<void> {
    await this.page.getByText('Leave before the end').click();
    await this.page.getByRole('button', { name: 'Report this error and leave' }).click();
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
    this.replay = page.getByRole('button', { name: 'Replay selected' });
    this.replayed = page.getByText(/^replayed /i);
  }

  async open(): Promise<void> {
    await this.page.goto('/deliveries');
  }
}

/** /developers: webhook endpoints and API keys. */
export class Developers {
  readonly noEndpoint: Locator;
  readonly address: Locator;
  readonly description: Locator;
  readonly add: Locator;
  readonly secret: Locator;
  readonly keyName: Locator;
  readonly makeKey: Locator;
  readonly key: Locator;
  readonly confirmRevocation: Locator;

  constructor(private readonly page: Page) {
    this.noEndpoint = page.getByText('No endpoint yet');
    this.address = page.getByLabel('Address');
    this.description = page.getByLabel(/^description/i);
    this.add = page.getByRole('button', { name: 'Add the endpoint' });
    this.secret = page.getByLabel('Signing secret');
    this.keyName = page.getByLabel('Program that will use it');
    this.makeKey = page.getByRole('button', { name: 'Make a key' });
    this.key = page.getByLabel('API key', { exact: true });
    this.confirmRevocation = page.getByRole('button', { name: 'Revoke the key', exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto('/developers');
  }

  revoke(name: string): Locator {
    return this.page.getByRole('button', { name: `Revoke the key ${name}` });
  }
}

/** /developers/{id}: one webhook endpoint. */
export class Endpoint {
  readonly heading: Locator;
  readonly test: Locator;
  readonly sent: Locator;
  readonly rotate: Locator;
  readonly confirmRotation: Locator;
  readonly secret: Locator;
  readonly disable: Locator;
  readonly remove: Locator;
  readonly confirmRemoval: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Endpoint', level: 1 });
    this.test = page.getByRole('button', { name: 'Send a test event' });
    this.sent = page.getByRole('region', { name: 'Sent events' }).getByRole('listitem');
    this.rotate = page.getByRole('button', { name: 'Rotate the secret' });
    this.confirmRotation = page.getByRole('button', { name: 'Make a new secret' });
    this.secret = page.getByLabel('Signing secret');
    this.disable = page.getByRole('button', { name: 'Disable', exact: true });
    this.remove = page.getByRole('button', { name: 'Delete', exact: true });
    this.confirmRemoval = page.getByRole('button', { name: 'Delete the endpoint' });
  }

  /** The same page once more, as it is without the answer of a form. */
  async open(): Promise<void> {
    await this.page.goto(new URL(this.page.url()).pathname);
  }
}

/** /connect/{attempt} when a new confirmation leaves something out. */
export class Losses {
  readonly heading: Locator;
  readonly toMeta: Locator;
  readonly without: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { level: 1, name: /will lose access$/ });
    this.toMeta = page.getByRole('button', { name: 'Go to Meta again' });
    this.without = page.getByRole('button', { name: /^continue and disconnect/i });
  }

  lost(name: string): Locator {
    return this.page.getByRole('region', { name: /not covered any more/i }).getByText(name, { exact: true });
  }
}

/** /set-up-links: links for those who have no account. */
export class SetUpLinks {
  readonly none: Locator;

  constructor(private readonly page: Page) {
    this.none = page.getByText('No link yet');
  }

  async open(): Promise<void> {
    await this.page.goto('/set-up-links');
  }

  /** Makes a link and returns its address. */
  async make(name: string): Promise<string> {
    await this.page.getByLabel('For whom').fill(name);
    await this.page.getByRole('button', { name: 'Make a link' }).click();
    return this.page.getByLabel('Set-up link', { exact: true }).inputValue();
  }

  row(name: string): Locator {
    return this.page.getByRole('region', { name: 'Links', exact: true }).getByRole('listitem').filter({ hasText: name }).first();
  }
}

/** /set-up/{token}: what a guest sees first. */
export class SetUp {
  readonly heading: Locator;
  readonly start: Locator;

  constructor(page: Page) {
    this.heading = page.getByRole('heading', { level: 1, name: /asks you to connect/ });
    this.start = page.getByRole('button', { name: 'Connect with Meta' });
  }
}

/** /setup: the Meta app and what is proven of it. */
export class Setup {
  readonly heading: Locator;
  readonly noApp: Locator;
  readonly appId: Locator;
  readonly appSecret: Locator;
  readonly configurationId: Locator;
  readonly checkAgain: Locator;
  readonly subscribe: Locator;
  readonly showVerifyToken: Locator;
  readonly verifyToken: Locator;
  readonly reviewKit: Locator;
  readonly problem: Locator;

  constructor(protected readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Set-up', level: 1 });
    this.noApp = page.getByText('No Meta app yet', { exact: true });
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
    return this.page.getByRole('listitem').filter({ hasText: new RegExp(`^\\s*${state}: `) }).filter({ hasText: what }).first();
  }

  /** A value that is there to be copied. */
  value(label: string): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }
}

/** /meta-app: a business's own app; the form, the checks and the values are those of /setup. */
export class OwnApp extends Setup {
  readonly ofInstallation: Locator;
  readonly stopUsing: Locator;

  constructor(page: Page) {
    super(page);
    this.ofInstallation = page.getByText('Your business connects through the app of this installation.');
    this.stopUsing = page.getByRole('button', { name: 'Stop using it' });
  }

  override async open(): Promise<void> {
    await this.page.goto('/meta-app');
  }
}

/** /disconnect/{connection}: what will happen and what is decided, then how each step went. */
export class Disconnect {
  readonly confirm: Locator;
  readonly done: Locator;
  readonly erase: Locator;
  readonly word: Locator;
  readonly wrongWord: Locator;

  constructor(private readonly page: Page) {
    this.erase = page.getByRole('radio', { name: /^erase/i });
    this.word = page.getByLabel(/^to erase, type/i);
    this.wrongWord = page.getByRole('alert').getByText(/type the word erase/i);
    this.confirm = page.getByRole('button', { name: 'Disconnect', exact: true });
    this.done = page.getByRole('heading', { name: 'Disconnected', exact: true });
  }

  step(text: RegExp): Locator {
    return this.page.getByRole('listitem').filter({ hasText: text });
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

/** /forgot-password: where a link is asked for. */
export class ForgotPassword {
  readonly email: Locator;
  readonly send: Locator;
  readonly asked: Locator;

  constructor(private readonly page: Page) {
    this.email = page.getByLabel('E-mail');
    this.send = page.getByRole('button', { name: 'Send the link' });
    this.asked = page.getByRole('heading', { name: 'Look at your mail' });
  }

  /** Comes here as people do, from where their password is asked for. */
  async open(): Promise<void> {
    await this.page.goto('/sign-in');
    await this.page.getByRole('link', { name: 'Forgot your password?' }).click();
  }
}

/** /reset-password/{token}: where the link leads. */
export class ResetPassword {
  readonly email: Locator;
  readonly password: Locator;
  readonly save: Locator;
  readonly changed: Locator;
  readonly ended: Locator;
  readonly askAgain: Locator;

  constructor(private readonly page: Page) {
    this.email = page.getByLabel('E-mail');
    this.password = page.getByLabel('New password');
    this.save = page.getByRole('button', { name: 'Save the password' });
    this.changed = page.getByRole('status').filter({ hasText: 'Your password is changed.' });
    this.ended = page.getByRole('heading', { name: 'This link does not work any more.' });
    this.askAgain = page.getByRole('link', { name: 'Ask for a new link' });
  }

  async open(token: string): Promise<void> {
    await this.page.goto(`/reset-password/${token}`);
  }
}

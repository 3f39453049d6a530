// Every name by which the tests find something on a page, and nothing else: when a page says it
// differently, only this file changes. By role and label alone, as a person or a screen reader would.
import { expect, type Locator, type Page } from '@playwright/test';

let signUps = 0;

/** /sign-up */
export class SignUp {
  constructor(private readonly page: Page) {}

  /** Creates a tenant and its owner, whom it leaves signed in. */
  async fillIn(): Promise<{ email: string; password: string }> {
    signUps += 1;
    const email = `owner-${process.pid}-${Date.now()}-${signUps}@example.com`;
    const password = 'correct horse battery staple';
    await this.page.goto('/sign-up');
    await this.page.getByLabel(/business/i).fill('Brasa Café Group');
    await this.page.getByLabel(/your name/i).fill('Inês Duarte');
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: /create/i }).click();
    await expect(this.page).not.toHaveURL(/sign-up/);
    return { email, password };
  }
}

/** The bar with the person's menu, on every signed-in page. */
export class Shell {
  constructor(private readonly page: Page) {}

  async signOut(): Promise<void> {
    const menu = this.page.getByRole('button', { name: /account menu/i });
    if (await menu.isVisible()) await menu.click();
    await this.page.getByRole('button', { name: /sign out/i }).click();
  }
}

/** /connect: where connecting begins. */
export class Connect {
  readonly start: Locator;
  readonly withoutPopup: Locator;

  constructor(private readonly page: Page) {
    this.start = page.getByRole('button', { name: /connect with meta/i });
    this.withoutPopup = page.getByRole('button', { name: /without (a )?popup|full page/i });
  }

  async open(): Promise<void> {
    await this.page.goto('/connect');
  }

  /** What Attaché tells about an attempt that came to nothing. */
  notice(text: RegExp): Locator {
    return this.page.getByRole('status').or(this.page.getByRole('alert')).filter({ hasText: text });
  }
}

/** The simulator's dialog, on Meta's side, in the page itself or in the popup. */
export class Dialog {
  readonly heading: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading').first();
  }

  async shown(): Promise<void> {
    await this.page.waitForURL(/\/dialog\/oauth/);
    await expect(this.heading).toBeVisible();
  }

  /** Grants everything that is ticked at the start. */
  async agree(): Promise<void> {
    await this.shown();
    await this.page.getByRole('button', { name: /^continue/i }).click();
  }

  async cancel(): Promise<void> {
    await this.shown();
    await this.page.getByRole('button', { name: /cancel|not now/i }).click();
  }
}

/** /connect/choose: the wizard. */
export class Choose {
  readonly heading: Locator;
  readonly search: Locator;
  readonly save: Locator;
  readonly nothing: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: /choose what to connect/i });
    this.search = page.getByRole('searchbox').or(page.getByLabel(/search/i)).first();
    this.save = page.getByRole('button', { name: /^connect( \d+)?/i });
    this.nothing = page.getByText(/nothing (was )?found|no pages|nothing to connect/i).first();
  }

  /** The wizard is shown once discovery is through. */
  async shown(): Promise<void> {
    await this.page.waitForURL(/\/connect\/choose/);
    await expect(this.heading).toBeVisible({ timeout: 20_000 });
  }

  asset(name: string | RegExp): Locator {
    return this.page.getByRole('checkbox', { name });
  }

  /** What can be ticked. */
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
  readonly reconnect: Locator;
  readonly disconnect: Locator;
  readonly test: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: /^connections/i, level: 1 });
    this.empty = page.getByText(/nothing (is )?connected/i).first();
    this.reconnect = page.getByRole('button', { name: /reconnect/i }).or(page.getByRole('link', { name: /reconnect/i })).first();
    this.disconnect = page.getByRole('button', { name: /^disconnect/i }).or(page.getByRole('link', { name: /^disconnect/i })).first();
    this.test = page.getByRole('button', { name: /^test/i }).first();
  }

  async open(): Promise<void> {
    await this.page.goto('/');
  }

  /** The card of one platform: Facebook, Instagram, WhatsApp or Ads. */
  card(platform: string): Locator {
    return this.page.getByRole('region', { name: platform }).or(this.page.getByRole('article', { name: platform })).first();
  }

  /** Says yes to the question that disconnecting asks. */
  async confirm(): Promise<void> {
    await this.page.getByRole('button', { name: /^(yes, )?disconnect/i }).last().click();
  }
}

/** /activity: what happened, newest first. */
export class Activity {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/activity');
  }

  entry(text: RegExp): Locator {
    return this.page.getByRole('row').or(this.page.getByRole('listitem')).filter({ hasText: text }).first();
  }
}

// Steers the Meta simulator through its control routes, /_sim/….
import type { APIRequestContext } from '@playwright/test';

export type World = 'corner-shop' | 'agency' | 'empty' | 'declined' | 'dev-mode';

/** A WhatsApp number, as the world describes it. */
export type NumberEdit = { platform_type?: string; status?: string; code_verification_status?: string; pin?: string };

/** A Meta app, with its part for Instagram Login. */
export type App = { id: string; secret: string; instagram: { id: string; secret: string } };

/** One request to the Graph: what was asked (in a batch, each item of it), and its start and end in the order of everything. */
export type Asked = { path: string; batch: string[]; started: number; ended: number | null };

/** What Graph was asked since the record was cleared. */
export type Record = { calls: number; operations: number; rounds: number; requests: Asked[] };

export class Simulator {
  constructor(
    private readonly request: APIRequestContext,
    readonly url: string,
  ) {}

  /** Replaces everything the simulator knows with a built-in world; tokens and faults of the old one are gone. */
  async load(world: World): Promise<void> {
    await this.send('put', 'world', { name: world });
  }

  /** Changes switches; the others stay as they are. */
  async switch(change: { sever_opener?: boolean; latency_ms?: number }): Promise<void> {
    await this.send('patch', 'switches', change);
  }

  /** How the world's first number stands at Meta: `CONNECTED` when it is registered. */
  async numberStatus(): Promise<string | undefined> {
    const world = await this.get<{ phone_numbers: { status: string }[] }>('world');
    return world.phone_numbers[0]?.status;
  }

  /** Loads a built-in world with another first number. */
  async loadWithNumber(world: World, number: NumberEdit): Promise<void> {
    await this.load(world);
    const whole = await this.get<{ phone_numbers: NumberEdit[] }>('world');
    whole.phone_numbers[0] = { ...whole.phone_numbers[0], ...number };
    await this.send('put', 'world', whole);
  }

  /** When Embedded Signup posts its message: before or after the answer, or one without the other. */
  async postMessage(signup_message: 'before' | 'after' | 'missing' | 'only'): Promise<void> {
    await this.send('patch', 'switches', { signup_message });
  }

  /** The person who connected takes Attaché out of their Facebook settings: every token of theirs dies. */
  async removeApp(): Promise<void> {
    const world = await this.get<{ people: { id: string }[] }>('world');
    for (const { id } of world.people) await this.send('post', `people/${id}/revoke`, { why: 'app_removed' });
  }

  /** Lets Meta live so many days in the past: what it gives from now on is that old already. */
  async liveInThePast(days: number): Promise<void> {
    await this.send('post', 'clock', { freeze_at: Math.floor(Date.now() / 1000) - days * 86_400 });
  }

  /** The world's Meta app. */
  async app(): Promise<App> {
    return (await this.get<{ app: App }>('world')).app;
  }

  /** There is one more app at Meta, with grants, tokens and webhooks of its own. */
  async addApp(app: { id: string; secret: string; name: string }): Promise<void> {
    await this.send('post', 'apps', app);
  }

  /** The secrets of the world's Meta app, that of Instagram Login among them. */
  async appSecrets(): Promise<string[]> {
    const { secret, instagram } = await this.app();
    return [secret, instagram.secret];
  }

  /** Another tool registers its address for an object of the app. */
  async takeOver(object: string, callbackUrl: string): Promise<void> {
    await this.send('post', `subscriptions/${object}/take_over`, { callback_url: callbackUrl });
  }

  /** A customer writes to a Page, an Instagram account or a number. */
  async write(asset: string, customer: string, text: string): Promise<void> {
    await this.send('post', 'webhooks/customer', { asset, customer, content: { text } });
  }

  async forgetRequests(): Promise<void> {
    await this.send('delete', 'requests');
  }

  async record(): Promise<Record> {
    return this.get<Record>('requests');
  }

  private async get<T>(route: string): Promise<T> {
    const answer = await this.request.get(new URL(`/_sim/${route}`, this.url).href);
    if (!answer.ok()) throw new Error(`/_sim/${route} answered ${answer.status()}`);
    return answer.json();
  }

  private async send(method: 'put' | 'post' | 'patch' | 'delete', route: string, data?: unknown): Promise<void> {
    const answer = await this.request[method](new URL(`/_sim/${route}`, this.url).href, { data });
    if (!answer.ok()) throw new Error(`/_sim/${route} answered ${answer.status()}: ${await answer.text()}`);
  }
}

// Steers the Meta simulator through its control routes, /_sim/….
import type { APIRequestContext } from '@playwright/test';

export type World = 'corner-shop' | 'agency' | 'empty' | 'declined' | 'dev-mode';

export class Simulator {
  constructor(
    private readonly request: APIRequestContext,
    readonly url: string,
  ) {}

  /** Replaces everything the simulator knows with a named world, its clock and faults with it. */
  async load(world: World): Promise<void> {
    await this.post('world', { name: world });
  }

  /** The person takes Attaché out of their Facebook settings: every token of theirs dies. */
  async revokeTokens(): Promise<void> {
    await this.post('tokens/revoke', {});
  }

  /** Every request that the simulator received since its world was loaded. */
  async requests(): Promise<{ method: string; path: string }[]> {
    const answer = await this.request.get(`${this.url}/_sim/requests`);
    if (!answer.ok()) throw new Error(`/_sim/requests answered ${answer.status()}`);
    return answer.json();
  }

  private async post(route: string, body: unknown): Promise<void> {
    const answer = await this.request.post(`${this.url}/_sim/${route}`, { data: body });
    if (!answer.ok()) throw new Error(`/_sim/${route} answered ${answer.status()}: ${await answer.text()}`);
  }
}

// Looks for secrets where none may be: what the product answered, where it sent browsers, what it logged, and the files it keeps.
import type { BrowserContext, Response } from '@playwright/test';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from './demo.mjs';

/**
 * The simulator's tokens and codes look as Meta's do: a short beginning, and 177 letters and digits at least. Its apps' secrets
 * are known beforehand. Less than that occurs by chance: in the product's own links, which have 43, and in what a database file
 * leaves in its free pages of a sealed value that was moved, of which the mark at its beginning is overwritten.
 */
const shapes = [/(?:EAA|IGAA|AQ)[A-Za-z0-9]{177}/];

/** The value of the parameter in which Meta sends a code. */
const code = /(?<=[?&#]code=)[^&#]*/g;

export class SecretWatch {
  private readonly answers: Promise<readonly [string, string] | null>[] = [];

  constructor(
    private readonly demo: Demo,
    private readonly secrets: string[],
  ) {}

  /** Keeps every text that the product answers to this context, which can be closed at any time. */
  follow(context: BrowserContext): BrowserContext {
    context.on('response', (response) => this.keep(response));
    const close = context.close.bind(context);
    context.close = async (options) => {
      // A text that is still being read is lost with its page.
      await Promise.all(this.answers);
      await close(options);
    };
    return context;
  }

  /** Every place where a secret was found; the secret itself is not repeated. */
  async found(): Promise<string[]> {
    const places = (await Promise.all(this.answers)).filter((answer) => answer !== null);
    places.push(['the log', readFileSync(this.demo.log, 'utf8')]);
    for (const file of filesIn(this.demo.dataDir)) places.push([file, readFileSync(file, 'latin1')]);
    return places
      // What the vault sealed is random text, and so are nonces of scripts: any short shape occurs in them by chance.
      .map(([place, text]) => [place, text.replaceAll(/v1\.[\w-]+\.[\w-]+|nonce="[\w-]+"/g, '')] as const)
      .filter(([, text]) => this.secrets.some((secret) => text.includes(secret)) || shapes.some((shape) => shape.test(text)))
      .map(([place]) => place);
  }

  private keep(response: Response): void {
    const { origin, pathname } = new URL(response.url());
    const ours = origin === new URL(this.demo.url).origin;
    const type = response.headers()['content-type'] ?? '';
    if (response.status() >= 300 && response.status() < 400) {
      const location = response.headers()['location'] ?? '';
      if (ours) this.answers.push(Promise.resolve([`the way on from ${pathname}`, location] as const));
      // On its way to us, Meta's redirect carries the code in the address, and may carry nothing else.
      if (origin === new URL(this.demo.meta_url).origin) {
        this.answers.push(Promise.resolve([`Meta's way back from ${pathname}`, location.replace(code, '')] as const));
      }
    } else if (ours && /text|json/.test(type) && !/event-stream/.test(type)) {
      this.answers.push(response.text().then((text) => [pathname, text] as const, () => null));
    }
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

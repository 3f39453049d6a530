// Looks for secrets where none may be: what the product answered, what it logged, and the files it keeps.
import type { BrowserContext } from '@playwright/test';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from './demo.mjs';

/** The simulator's tokens and codes look as Meta's do; its app secret is 32 hexadecimal digits known beforehand. */
const shapes = [/EAA[A-Za-z0-9]{16,}/, /AQ[A-Za-z0-9_-]{30,}/];

export class SecretWatch {
  private readonly answers: Promise<[string, string] | null>[] = [];

  constructor(
    private readonly demo: Demo,
    private readonly appSecret: string,
  ) {}

  /** Keeps every text that the product answers to this context. */
  follow(context: BrowserContext): void {
    context.on('response', (response) => {
      if (!response.url().startsWith(this.demo.url) || response.status() >= 300 && response.status() < 400) return;
      if (!/text|json/.test(response.headers()['content-type'] ?? '') || /event-stream/.test(response.headers()['content-type'] ?? '')) return;
      this.answers.push(response.text().then((text) => [new URL(response.url()).pathname, text] as [string, string], () => null));
    });
  }

  /** Every place where a secret was found; the secret itself is not repeated. */
  async found(): Promise<string[]> {
    const places = (await Promise.all(this.answers)).filter((answer) => answer !== null);
    places.push(['the log', readFileSync(this.demo.log, 'utf8')]);
    for (const file of filesIn(this.demo.dataDir)) places.push([file, readFileSync(file, 'latin1')]);
    return places
      // What the vault sealed is random text, and so are nonces of scripts: any short shape occurs in them by chance.
      .map(([place, text]) => [place, text.replaceAll(/v1\.[\w-]+\.[\w-]+|nonce="[\w-]+"/g, '')] as const)
      .filter(([, text]) => text.includes(this.appSecret) || shapes.some((shape) => shape.test(text)))
      .map(([place]) => place);
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

// Starts the gallery: every page in every state, drawn with sample data (app/examples/gallery).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = process.env.ATTACHE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'attache');
// `cargo nextest run` leaves it here.
const program = join(process.env.CARGO_TARGET_DIR ?? join(cache, 'target'), 'debug/examples/gallery');

/**
 * Waits until it listens.
 * @returns {Promise<{ url: string, scenes: string[], stop: () => Promise<void> }>}
 */
export async function startGallery() {
  if (!existsSync(program)) throw new Error(`there is no ${program} yet: cargo build -p app --features ssr --example gallery`);
  const child = spawn(program, ['127.0.0.1:0', join(root, 'target/site')], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((/** @type {(url: string) => void} */ resolve, reject) => {
    exited.then((code) => reject(new Error(`the gallery ended with ${code}`)));
    createInterface(child.stdout).once('line', resolve);
  });
  const index = await (await fetch(url)).text();
  const scenes = [...new Set([...index.matchAll(/href=\/scene\/([a-z0-9-]+)/g)].map((found) => found[1]))];
  return {
    url,
    scenes,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

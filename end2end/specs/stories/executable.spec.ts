// One file is the whole product: the site is in it, and nothing has to lie beside it but its data.
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemo } from '../../demo.mjs';
import { expect, signIn, test } from '../../fixtures';
import { awake } from '../../pages';

const built = process.env.ATTACHE_BIN ?? fileURLToPath(new URL('../../../target/dist/attache', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** In a page: with which answers it loaded files, by how their names end. */
function loaded(): Record<string, number[]> {
  const all: Record<string, number[]> = {};
  for (const entry of performance.getEntriesByType('resource') as PerformanceResourceTiming[]) {
    const kind = new URL(entry.name).pathname.replace(/^.*\./, '');
    all[kind] = [...new Set([...(all[kind] ?? []), entry.responseStatus])];
  }
  return all;
}

test('a copy of the executable in an empty folder serves its pages with styles and scripts', async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'attache-alone-'));
  const alone = join(folder, 'attache');
  copyFileSync(built, alone);
  chmodSync(alone, 0o755);
  const demo = await startDemo({ executable: alone, name: 'demo-alone' });
  const context = await browser.newContext({ baseURL: demo.url });
  try {
    const page = await context.newPage();
    await signIn(page, demo.owner);
    await page.goto('/deliveries');
    await expect(page.locator('leptos-island').first()).toBeAttached();
    await awake(page);
    await expect.poll(() => page.evaluate(loaded), { message: 'what the page loaded' }).toMatchObject({ css: [200], js: [200], wasm: [200] });
    const rules = await page.evaluate(() => [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0));
    expect(rules, 'rules of the style').toBeGreaterThan(0);
    expect(readdirSync(folder), 'nothing was unpacked beside it').toEqual(['attache']);
    // It does not look for the site where it was built either.
    expect(readFileSync(alone).includes(join(root, 'target/site')), 'the folder of the site in the executable').toBe(false);
  } finally {
    await context.close();
    await demo.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

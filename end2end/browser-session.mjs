// A browser that is signed in, for what drives pages without Playwright's test runner.
import { chromium as playwright } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, flags } from './browser.mjs';
import { freePort } from './demo.mjs';
import { signIn } from './sign-in.mjs';
import { connectOnce } from './walk.mjs';

/**
 * Starts a browser with a profile of its own.
 * @param {string} url where the product is
 * @param {{ email: string, password: string } | undefined} who signs in first, when given
 * @param {boolean} [connected] whether everything is connected before
 */
export async function openBrowser(url, who, connected = false) {
  const port = await freePort();
  const profile = mkdtempSync(join(tmpdir(), 'attache-browser-'));
  const context = await playwright.launchPersistentContext(profile, {
    executablePath: chromium,
    args: [...flags, `--remote-debugging-port=${port}`],
    baseURL: url,
  });
  if (who !== undefined) {
    const page = await context.newPage();
    await signIn(page, who);
    if (connected) await connectOnce(page);
    await page.close();
  }
  return {
    context,
    /** Where the DevTools protocol listens. */
    port,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

// What the tests ask for by name: a running demo, its simulator, a signed-in owner, the checks of a page.
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Cookie, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { startDemo, type Demo, type Running } from './demo.mjs';
import { SignUp } from './pages';
import { SecretWatch } from './secrets';
import { signIn } from './sign-in.mjs';
import { Simulator } from './simulator';
import { connectOnce } from './walk.mjs';

type Fixtures = {
  /** A demo for this test alone: an asset has one holder, so two stories in one installation would meet. */
  ownDemo: Demo;
  /** The same over https, where Meta's SDK may open its popup. */
  tlsDemo: Demo;
  /** A demo without a Meta app, for this test alone. */
  emptyDemo: Demo;
  /** Watches `ownDemo` for secrets: in what it answers to the contexts that it follows, in its log and in its files. */
  watch: SecretWatch;
  /** The same for `tlsDemo`. */
  tlsWatch: SecretWatch;
  /** The same for `emptyDemo`. */
  emptyWatch: SecretWatch;
  /** A page of the operator of `emptyDemo`. */
  asSettingUp: Page;
  /** The simulator of `ownDemo`. */
  simulator: Simulator;
  /** The simulator of `tlsDemo`. */
  tlsSimulator: Simulator;
  /** A page whose visitor has just signed up: an owner with a tenant of their own and nothing connected. */
  asOwner: Page;
  /** The same over https, where Meta's SDK may open its popup. */
  asTlsOwner: Page;
  /** Signs the page in as one of the demo's ready-made people; the owner has everything connected. */
  signInAs: (who: 'owner' | 'operator') => Promise<void>;
  /** Fails when the page has anything that axe finds fault with. */
  checkAccessibility: (page: Page) => Promise<void>;
  /** Keeps a picture of the page in screenshots/, named by the project. */
  picture: (page: Page, name: string) => Promise<void>;
};

type WorkerFixtures = {
  /** The demo of this worker: for tests that change nothing in it. */
  demo: Running;
  /** The cookies of the demo's people, each signed in once. */
  cookiesOf: (who: 'owner' | 'operator') => Promise<Cookie[]>;
};

/** Watches a demo for as long as it is used, and fails when a secret was found. */
async function watching(demo: Demo, simulator: Simulator, use: (watch: SecretWatch) => Promise<void>): Promise<void> {
  const watch = new SecretWatch(demo, await simulator.appSecrets());
  await use(watch);
  expect(await watch.found(), 'places that hold a token, a code or a secret of the app').toEqual([]);
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  demo: [
    async ({}, use, { workerIndex }) => {
      const demo = await startDemo({ name: `demo-end2end-${workerIndex}` });
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker' },
  ],

  ownDemo: async ({}, use, testInfo) => {
    const demo = await startDemo({ name: `demo-${testInfo.testId}` });
    await use(demo);
    await demo.stop();
  },

  tlsDemo: async ({}, use, testInfo) => {
    const demo = await startDemo({ name: `demo-tls-${testInfo.testId}`, args: ['--tls'] });
    await use(demo);
    await demo.stop();
  },

  emptyDemo: async ({}, use, testInfo) => {
    const demo = await startDemo({ name: `demo-empty-${testInfo.testId}`, args: ['--without-app'] });
    await use(demo);
    await demo.stop();
  },

  emptyWatch: async ({ request, emptyDemo }, use) => {
    await watching(emptyDemo, new Simulator(request, emptyDemo.meta_url), use);
  },

  asSettingUp: async ({ browser, emptyDemo, emptyWatch, javaScriptEnabled }, use) => {
    const context = emptyWatch.follow(await browser.newContext({ baseURL: emptyDemo.url, javaScriptEnabled }));
    const page = await context.newPage();
    await signIn(page, emptyDemo.operator);
    await use(page);
    await context.close();
  },

  baseURL: async ({ demo }, use) => use(demo.url),

  simulator: async ({ request, ownDemo }, use) => use(new Simulator(request, ownDemo.meta_url)),

  watch: async ({ ownDemo, simulator }, use) => {
    await watching(ownDemo, simulator, use);
  },

  asOwner: async ({ browser, ownDemo, watch }, use) => {
    const context = watch.follow(await browser.newContext({ baseURL: ownDemo.url }));
    const page = await context.newPage();
    await new SignUp(page).fillIn();
    await use(page);
    await context.close();
  },

  cookiesOf: [
    async ({ browser, demo }, use) => {
      const known = new Map<string, Cookie[]>();
      await use(async (who) => {
        if (!known.has(who)) {
          const context = await browser.newContext({ baseURL: demo.url });
          const page = await context.newPage();
          await signIn(page, demo[who]);
          if (who === 'owner') await connectOnce(page);
          known.set(who, await context.cookies());
          await context.close();
        }
        return known.get(who) ?? [];
      });
    },
    { scope: 'worker' },
  ],

  tlsSimulator: async ({ request, tlsDemo }, use) => use(new Simulator(request, tlsDemo.meta_url)),

  tlsWatch: async ({ tlsDemo, tlsSimulator }, use) => {
    await watching(tlsDemo, tlsSimulator, use);
  },

  asTlsOwner: async ({ browser, tlsDemo, tlsWatch }, use) => {
    const context = tlsWatch.follow(await browser.newContext({ baseURL: tlsDemo.url, ignoreHTTPSErrors: true }));
    const page = await context.newPage();
    await new SignUp(page).fillIn();
    await use(page);
    await context.close();
  },

  signInAs: async ({ context, cookiesOf }, use) => use(async (who) => context.addCookies(await cookiesOf(who))),

  checkAccessibility: async ({}, use) =>
    use(async (page) => {
      // No page has frames, for whose findings axe would open a window of its own each time.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      const found = violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `  ${n.html}`).join('\n')}`);
      expect(found, `axe on ${page.url()}`).toEqual([]);
    }),

  picture: async ({}, use, testInfo) =>
    use(async (page, name) => {
      mkdirSync('screenshots', { recursive: true });
      await page.screenshot({ path: `screenshots/${name}-${testInfo.project.name}.png`, fullPage: true });
    }),
});

export { expect, signIn };

// The status page in every state of its cards and its banner, in both themes, on a desk and on a phone: no finding of axe,
// nothing that has to be scrolled sideways, and a picture. ALL_STATES=1 looks so at every other page's states as well, which takes
// four minutes.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test as base } from '../../fixtures';
import { startGallery } from '../../gallery.mjs';

type Gallery = Awaited<ReturnType<typeof startGallery>>;

const test = base.extend<object, { gallery: Gallery }>({
  gallery: [
    async ({}, use) => {
      const gallery = await startGallery();
      await use(gallery);
      await gallery.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ gallery }, use) => use(gallery.url),
});

/** All that another theme can spoil. */
async function checkContrast(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withRules(['color-contrast']).analyze();
  expect(violations.flatMap((violation) => violation.nodes.map((node) => node.html)), `contrast on ${page.url()}`).toEqual([]);
}

const all = !!process.env.ALL_STATES;

const forms = [
  { form: 'desk', width: 1440, height: 900 },
  { form: 'phone', width: 360, height: 740 },
];

for (const theme of ['light', 'dark'] as const) {
  for (const { form, width, height } of forms) {
    test(`every state in ${theme}, on a ${form}`, async ({ page, gallery, checkAccessibility, picture }) => {
      const scenes = gallery.scenes.filter((scene) => all || scene.startsWith('status'));
      expect(scenes.length, 'states of the status page').toBeGreaterThan(20);
      test.setTimeout(scenes.length * 10_000);
      await page.setViewportSize({ width, height });
      for (const scene of scenes) {
        await page.goto(`/scene/${scene}?theme=${theme}`);
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
        await page.evaluate(() => document.fonts.ready);
        await picture(page, `state-${scene}-${theme}-${form}`);
        const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect.soft(inner, `${scene}: no sideways scrolling`).toBeLessThanOrEqual(outer);
        if (form === 'desk' && theme === 'light') await checkAccessibility(page);
        if (form === 'phone' && theme === 'dark') await checkContrast(page);
      }
    });
  }
}

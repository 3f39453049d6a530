import { defineConfig } from '@playwright/test';
import { chromium, flags } from './browser.mjs';

const desktop = { width: 1440, height: 900 };
const phone = { width: 360, height: 740 };
const stories = /stories\/.*\.spec\.ts/;
const looks = /looks\/.*\.spec\.ts/;

// Each worker has a demo of its own for looking at pages, and each story one for itself: a story may change the
// simulator's world and clock. One worker: a browser and what it looks at take two cores.
export default defineConfig({
  testDir: './specs',
  outputDir: './test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  retries: 0,
  timeout: 45_000,
  expect: { timeout: 8_000 },
  reporter: [['./counts.ts'], ['list']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: chromium, args: flags },
    locale: 'en-GB',
    timezoneId: 'Europe/Lisbon',
    reducedMotion: 'reduce',
    ignoreHTTPSErrors: true,
    // Recording takes longer than most tests; --trace on looks closer at one that fails.
    trace: 'off',
    screenshot: 'only-on-failure',
    viewport: desktop,
  },
  projects: [
    // First how the sample people's pages look, while the demo is as it started.
    { name: 'light', testMatch: [looks, /readme\/.*\.spec\.ts/] },
    { name: 'dark', testMatch: looks, use: { colorScheme: 'dark' } },
    { name: 'phone', testMatch: looks, use: { viewport: phone, hasTouch: true, isMobile: true } },
    { name: 'desktop', testMatch: stories },
    { name: 'states', testMatch: /states\/.*\.spec\.ts/ },
    { name: 'no-javascript', testMatch: /no-javascript\/.*\.spec\.ts/, use: { javaScriptEnabled: false } },
  ],
});

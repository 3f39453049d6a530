// What a browser with an empty cache fetches to show each page: JavaScript, WASM and CSS as sent
// (brotli), and the page itself beside them.
import { openBrowser } from '../browser-session.mjs';
import { startDemo } from '../demo.mjs';
import { addressOf, pages } from '../pages-list.mjs';

const demo = await startDemo({ name: 'demo-bench' });
const own = new URL(demo.url).origin;
const kb = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1).padStart(10);

/** @param {import('@playwright/test').Response} response */
function kindOf(response) {
  const type = response.headers()['content-type'] ?? '';
  if (type.includes('wasm')) return 'wasm';
  if (type.includes('javascript')) return 'js';
  if (type.includes('css')) return 'css';
  return type.includes('html') ? 'html' : 'other';
}

try {
  console.log(`${'page'.padEnd(22)}${['JS', 'WASM', 'CSS', 'together', 'HTML', 'fonts …'].map((t) => t.padStart(10)).join('')}   KB, not from our address`);
  for (const who of /** @type {const} */ (['visitor', 'owner', 'operator'])) {
    const browser = await openBrowser(demo.url, who === 'visitor' ? undefined : demo[who], who === 'owner');
    for (const listed of pages.filter((page) => page.who === who)) {
      const { name } = listed;
      const page = await browser.context.newPage();
      const path = await addressOf(listed, page);
      // What the page that the address was found on still fetches is not this one's.
      await page.goto('about:blank');
      const devtools = await browser.context.newCDPSession(page);
      await devtools.send('Network.clearBrowserCache');
      /** @type {import('@playwright/test').Response[]} */
      const responses = [];
      page.on('response', (response) => responses.push(response));
      await page.goto(path, { waitUntil: 'load' });
      // Scripts wait for an idle moment before they ask for what the islands need.
      await page.waitForFunction(() => !document.querySelector('leptos-island') || 'awake' in document.documentElement.dataset);
      // What scripts ask for later counts too; an open event stream never ends, so only requests that finished do.
      await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined);
      const sum = { js: 0, wasm: 0, css: 0, html: 0, other: 0, foreign: 0 };
      for (const response of responses) {
        if ((response.headers()['content-type'] ?? '').includes('event-stream')) continue;
        const { responseBodySize } = await response.request().sizes();
        const kind = new URL(response.url()).origin === own ? kindOf(response) : 'foreign';
        sum[kind] += responseBodySize;
      }
      const columns = [sum.js, sum.wasm, sum.css, sum.js + sum.wasm + sum.css, sum.html, sum.other];
      console.log(name.padEnd(22) + columns.map(kb).join('') + `   ${kb(sum.foreign).trim()}`);
      await page.close();
    }
    await browser.close();
  }
} finally {
  await demo.stop();
}
// A connection that the browser left half open must not keep the process.
process.exit(0);

// Runs Lighthouse on every page as a phone, and prints a table.
//
//   node lighthouse.mjs [--start EXECUTABLE] [--only NAME] [--performance] [--runs N] [--assert-performance]
//
// Fails when accessibility or best practices are below 100. Performance is a figure of the machine of the day, and
// measuring it takes most of the time: with --performance the median of N runs (3) is printed as well, for a desktop too,
// and below 95 it fails only with --assert-performance. (What axe finds on a desktop, specs/looks tells.)
import lighthouse, { desktopConfig } from 'lighthouse';
import { parseArgs } from 'node:util';
import { openBrowser } from './browser-session.mjs';
import { startDemo } from './demo.mjs';
import { addressOf, pages } from './pages-list.mjs';
import { median } from './statistics.mjs';

const { values: options } = parseArgs({
  options: {
    start: { type: 'string' },
    runs: { type: 'string', default: '3' },
    performance: { type: 'boolean', default: false },
    only: { type: 'string' },
    'assert-performance': { type: 'boolean', default: false },
  },
});
const withPerformance = options.performance || options['assert-performance'];
const runs = withPerformance ? Math.max(1, Number(options.runs)) : 1;

const categories = withPerformance ? ['accessibility', 'best-practices', 'performance'] : ['accessibility', 'best-practices'];

/** One look. The browser's trace of a page is lost now and then, which says nothing of the page: then it is looked at anew. @param {string} url @param {number} port @param {boolean} desktop */
async function look(url, port, desktop) {
  let lost = '';
  for (let tries = 0; tries < 3; tries += 1) {
    const result = await lighthouse(url, { port, output: 'json', logLevel: 'error', onlyCategories: categories }, desktop ? desktopConfig : undefined);
    if (result !== undefined && !result.lhr.runtimeError) return result;
    lost = result?.lhr.runtimeError?.message ?? 'no result';
  }
  throw new Error(`${url}: ${lost}`);
}

/** The median score of each category (0 to 100), and what cost points. @param {string} url @param {number} port @param {boolean} desktop */
async function measure(url, port, desktop) {
  /** @type {Record<string, number[]>} */
  const scores = {};
  const faults = new Set();
  for (let run = 0; run < runs; run += 1) {
    const result = await look(url, port, desktop);
    // A page that sent the visitor to sign in was not measured.
    if (new URL(result.lhr.finalDisplayedUrl).pathname === '/sign-in' && new URL(url).pathname !== '/sign-in') {
      faults.add('the page was not shown: it led to /sign-in');
    }
    for (const category of categories) {
      const { score, auditRefs } = result.lhr.categories[category];
      (scores[category] ??= []).push(Math.round((score ?? 0) * 100));
      if (category === 'performance') continue;
      for (const { id, weight } of auditRefs) {
        const audit = result.lhr.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 1) faults.add(`${id}: ${audit.title}`);
      }
    }
  }
  return { scores: categories.map((category) => median(scores[category])), faults: [...faults] };
}

const demo = await startDemo({ executable: options.start, name: 'demo-lighthouse' });
let failed = 0;
let passed = 0;
try {
  console.log(`${'page'.padEnd(22)}${'form'.padEnd(9)}${categories.map((category) => category.padStart(16)).join('')}   (median of ${runs})`);
  for (const who of /** @type {const} */ (['visitor', 'owner', 'operator'])) {
    const chosen = pages.filter((page) => page.who === who && (options.only === undefined || page.name === options.only));
    if (chosen.length === 0) continue;
    const browser = await openBrowser(demo.url, who === 'visitor' ? undefined : demo[who], who === 'owner');
    try {
      for (const listed of chosen) {
        const { name } = listed;
        const page = await browser.context.newPage();
        const path = await addressOf(listed, page);
        await page.close();
        for (const desktop of withPerformance ? [false, true] : [false]) {
          const { scores, faults } = await measure(new URL(path, demo.url).href, browser.port, desktop);
          const [accessibility, bestPractices, performance = 100] = scores;
          console.log(name.padEnd(22) + (desktop ? 'desktop' : 'phone').padEnd(9) + scores.map((score) => String(score).padStart(16)).join(''));
          for (const fault of faults) console.log(`    ${fault}`);
          const good = faults.length === 0 && accessibility === 100 && bestPractices === 100 && (performance >= 95 || !options['assert-performance']);
          if (good) passed += 1;
          else failed += 1;
        }
      }
    } finally {
      await browser.close();
    }
  }
} finally {
  await demo.stop();
}
console.log(`lighthouse: ${passed} passed, ${failed} failed`);
// Said outright: a connection that the browser left half open must not keep the process.
process.exit(failed === 0 && passed > 0 ? 0 : 1);

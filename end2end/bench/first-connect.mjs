// From signing up to the status of a connected business in the demo's corner shop, by a scripted person with 50 ms of network
// latency between browser and server and between server and Meta: how often something is pressed, and how long it takes.
import { openBrowser } from '../browser-session.mjs';
import { startDemo } from '../demo.mjs';
import { firstConnect } from '../first-connect.mjs';
import { median } from '../statistics.mjs';

const LATENCY = 50;

/** One whole way in a demo of its own: an asset has one holder. @param {'mouse' | 'keyboard'} by */
async function goOnce(by) {
  const demo = await startDemo({ name: 'demo-bench' });
  try {
    const slowed = await fetch(new URL('/_sim/switches', demo.meta_url), {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ latency_ms: LATENCY }),
    });
    if (!slowed.ok) throw new Error(`the simulator answered ${slowed.status}`);
    const browser = await openBrowser(demo.url, undefined);
    const page = await browser.context.newPage();
    const network = await browser.context.newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.emulateNetworkConditions', { offline: false, latency: LATENCY, downloadThroughput: -1, uploadThroughput: -1 });
    const began = performance.now();
    const presses = await firstConnect(page, by, 'new-owner@example.com');
    const seconds = (performance.now() - began) / 1000;
    await browser.close();
    return { presses, seconds };
  } finally {
    await demo.stop();
  }
}

/** @type {[by: 'mouse' | 'keyboard', pressed: string][]} */
const ways = [
  ['mouse', 'clicks (at most 8)'],
  ['keyboard', 'keys besides typing'],
];
for (const [by, pressed] of ways) {
  const runs = [];
  for (let run = 0; run < 3; run += 1) runs.push(await goOnce(by));
  const seconds = median(runs.map((run) => run.seconds)).toFixed(1);
  const presses = Math.max(...runs.map((run) => run.presses));
  console.log(`${`by ${by}, ${LATENCY} ms latency`.padEnd(44)} ${seconds.padStart(10)} s (at most 60), ${presses} ${pressed}`);
}
// A connection that the browser left half open must not keep the process.
process.exit(0);

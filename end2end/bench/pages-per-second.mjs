// How many status pages a second the server renders for a signed-in owner, beside how many static
// answers of about the same size it gives: the font file nearest in size. Five runs of each, in turns,
// three seconds a run, sixteen connections, over loopback.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { openBrowser } from '../browser-session.mjs';
import { startDemo } from '../demo.mjs';
import { median } from '../statistics.mjs';

const fonts = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'];
const demo = await startDemo({ name: 'demo-bench' });

/** Requests a second, and how many of them were refused. @param {string} url @param {string} cookie */
async function load(url, cookie) {
  // Not waited for synchronously: this process drains the server's log, and a full pipe would stop the server.
  const { stdout: output } = await promisify(execFile)('wrk', ['-t1', '-c16', '-d3s', '-H', `Cookie: ${cookie}`, url], { encoding: 'utf8' });
  const rate = Number(output.match(/Requests\/sec:\s+([\d.]+)/)?.[1] ?? 0);
  return { rate, refused: Number(output.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0) };
}

try {
  const browser = await openBrowser(demo.url, demo.owner, true);
  const cookie = (await browser.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  await browser.close();

  const size = async (/** @type {string} */ url) => {
    const answer = await fetch(url, { headers: { cookie, 'accept-encoding': 'identity' }, redirect: 'manual' });
    if (!answer.ok) throw new Error(`GET ${url} answered ${answer.status}`);
    return (await answer.arrayBuffer()).byteLength;
  };
  const page = new URL('/', demo.url).href;
  const pageSize = await size(page);
  let file = { url: '', size: 0 };
  for (const font of fonts) {
    const url = new URL(`/fonts/inter-${font}.woff2`, demo.url).href;
    const bytes = await size(url);
    if (file.size === 0 || Math.abs(bytes - pageSize) < Math.abs(file.size - pageSize)) file = { url, size: bytes };
  }

  const rates = { page: /** @type {number[]} */ ([]), file: /** @type {number[]} */ ([]) };
  let refused = 0;
  for (let i = 0; i < 5; i += 1) {
    const rendered = await load(page, cookie);
    const sent = await load(file.url, cookie);
    rates.page.push(rendered.rate);
    rates.file.push(sent.rate);
    refused += rendered.refused + sent.refused;
  }
  const [rendered, sent] = [median(rates.page), median(rates.file)];
  console.log(`${`status page, ${(pageSize / 1000).toFixed(1)} KB`.padEnd(44)} ${rendered.toFixed(0).padStart(10)} a second`);
  console.log(`${`static file, ${(file.size / 1000).toFixed(1)} KB`.padEnd(44)} ${sent.toFixed(0).padStart(10)} a second`);
  console.log(`${'one page costs'.padEnd(44)} ${(sent / rendered).toFixed(1).padStart(10)} static answers`);
  if (refused > 0) console.log(`(${refused} answers were refusals: the rate limits were met, and the figures mean nothing)`);
} finally {
  await demo.stop();
}
// A connection that the browser left half open must not keep the process.
process.exit(0);

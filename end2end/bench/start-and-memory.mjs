// How long `attache serve` takes from its start to its first answer, and how much memory it holds.
// Five starts on one data folder; the first, which makes the database, is printed beside the others.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../demo.mjs';
import { median } from '../statistics.mjs';

const program = process.env.ATTACHE_BIN ?? '';
const dataDir = mkdtempSync(join(tmpdir(), 'attache-bench-'));
const key = `bench:${randomBytes(32).toString('base64')}`;

/** @param {number} pid resident memory in MB */
function resident(pid) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB/m);
  return Number(line?.[1] ?? 0) / 1024;
}

async function once() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(program, ['serve'], {
    cwd: dataDir,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      ATTACHE_ADDR: `127.0.0.1:${port}`,
      ATTACHE_PUBLIC_URL: url,
      ATTACHE_DATA_DIR: dataDir,
      ENCRYPTION_KEY: key,
      META_APP_ID: '1000000000000001',
      META_APP_SECRET: randomBytes(16).toString('hex'),
      META_CONFIG_ID: '2000000000000002',
      META_WEBHOOK_VERIFY_TOKEN: randomBytes(16).toString('hex'),
      RUST_LOG: 'error',
    },
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    let answered = false;
    while (!answered && child.exitCode === null && performance.now() - began < 30_000) {
      answered = await fetch(`${url}/healthz`).then((answer) => answer.ok, () => false);
    }
    if (!answered) throw new Error('attache serve did not answer /healthz within 30 s');
    const start = performance.now() - began;
    const idle = resident(child.pid ?? 0);
    for (let i = 0; i < 100; i += 1) await fetch(`${url}/sign-in`).then((answer) => answer.arrayBuffer());
    return { start, idle, used: resident(child.pid ?? 0) };
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

try {
  const runs = [];
  for (let i = 0; i < 5; i += 1) runs.push(await once());
  const row = (/** @type {string} */ name, /** @type {number} */ value, /** @type {string} */ unit) =>
    console.log(`${name.padEnd(44)} ${value.toFixed(1).padStart(10)} ${unit}`);
  row('start to first answer, new data folder', runs[0].start, 'ms');
  row('start to first answer, median of the rest', median(runs.slice(1).map((run) => run.start)), 'ms');
  row('resident memory, started, median of 5', median(runs.map((run) => run.idle)), 'MB');
  row('resident memory, after 100 pages, median of 5', median(runs.map((run) => run.used)), 'MB');
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

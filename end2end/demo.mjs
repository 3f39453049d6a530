// Starts the built executable as `attache demo` on free ports with a data folder of its own.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @typedef {{ email: string, password: string }} SignIn
 * @typedef {{ url: string, meta_url: string, owner: SignIn, operator: SignIn }} Running what `attache demo --json` prints first
 * @typedef {Running & { pid: number, dataDir: string, log: string, stop: () => Promise<void> }} Demo
 */

/** A port of 127.0.0.1 that nobody listens on now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a demo and waits until it says that it is ready.
 * @param {{ executable?: string, name?: string, args?: string[] }} [options] `name` names its log in target/reports
 * @returns {Promise<Demo>}
 */
export async function startDemo({ executable, name = 'demo', args = [] } = {}) {
  const program = executable ?? process.env.ATTACHE_BIN ?? join(root, 'target/dist/attache');
  const dataDir = mkdtempSync(join(tmpdir(), 'attache-demo-'));
  mkdirSync(join(root, 'target/reports'), { recursive: true });
  const log = join(root, 'target/reports', `${name}.log`);

  const all = ['demo', '--json', '--addr', '127.0.0.1:0', '--meta-addr', '127.0.0.1:0', '--data-dir', dataDir, ...args];
  const child = spawn(program, all, { cwd: dataDir, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = createWriteStream(log);
  child.stderr.pipe(output);
  const exited = new Promise((resolve) => child.once('exit', resolve));

  const stop = async () => {
    const kill = setTimeout(() => child.kill('SIGKILL'), 10_000);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await exited;
    }
    clearTimeout(kill);
    rmSync(dataDir, { recursive: true, force: true });
  };

  try {
    const running = await firstLine(child, exited, log);
    return { ...running, pid: child.pid ?? 0, dataDir, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The first line of JSON on standard output.
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<unknown>} exited
 * @param {string} log
 * @returns {Promise<Running>}
 */
function firstLine(child, exited, log) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`attache demo said nothing for a minute; see ${log}`)), 60_000);
    const settle = (/** @type {() => void} */ how) => {
      clearTimeout(late);
      how();
    };
    child.once('error', (error) => settle(() => reject(error)));
    exited.then((code) => settle(() => reject(new Error(`attache demo ended with ${code} before it was ready; see ${log}`))));
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('{')) settle(() => resolve(JSON.parse(line)));
    });
  });
}

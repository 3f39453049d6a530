// Which browser the tests drive, and how it is started: the system's Chromium, since a browser
// downloaded by a test tool is out of reach on a closed network.
import { existsSync } from 'node:fs';

const candidates = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser's executable. */
export const chromium = candidates.find((path) => path !== undefined && existsSync(path)) ?? '/usr/bin/chromium';

/** Nothing in the background asks the internet for anything; a container has no sandbox of its own to offer. */
export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// One demo for the whole run; its addresses and sign-ins reach the tests through the environment.
import { startDemo } from './demo.mjs';

export default async function globalSetup(): Promise<() => Promise<void>> {
  const demo = await startDemo({ name: 'demo-end2end' });
  const { stop, ...running } = demo;
  process.env.ATTACHE_DEMO = JSON.stringify(running);
  return stop;
}

import { readFileSync } from 'node:fs';
import { HEALTH_FILE, sinceBoot } from './health-file.ts';

// Exit code 0: the latest pass succeeded and is recent. 1: it is not, or there was none.
try {
  const until = Number(readFileSync(HEALTH_FILE, 'utf8'));
  const now = sinceBoot();
  if (!(now < until)) throw new Error(`the last pass that succeeded was due again ${now - until} ms ago`);
} catch (error) {
  console.error(`The pinner is not healthy: ${(error as Error).message}`);
  process.exitCode = 1;
}

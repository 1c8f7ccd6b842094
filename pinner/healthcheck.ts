import { readFileSync } from 'node:fs';
import { HEALTH_FILE } from './health-file.ts';

// Exit code 0: the latest pass succeeded and is recent. 1: it is not, or there was none.
try {
  const until = Number(readFileSync(HEALTH_FILE, 'utf8'));
  if (!(Date.now() < until)) throw new Error(`no pass has succeeded since ${new Date(until).toISOString()}`);
} catch (error) {
  console.error(`The pinner is not healthy: ${(error as Error).message}`);
  process.exitCode = 1;
}

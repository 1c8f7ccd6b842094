import os from 'node:os';
import { PLACEMENT_FILE, SOCKET_DIR } from '../placement/paths.ts';
import { readConfig } from './config.ts';
import { log } from './log.ts';
import { runReplica } from './run-replica.ts';

// A container's first process gets no signal that it has no handler for, so this comes before anything else.
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (!stop.signal.aborted) log(`stops on ${signal}`);
    stop.abort();
  });
}

try {
  const source = { placementFile: PLACEMENT_FILE, hostname: os.hostname(), proc: '/proc/self' };
  await runReplica({ config: readConfig(), source, socketDir: SOCKET_DIR }, stop.signal);
  process.exit(0);
} catch (error) {
  log(`cannot go on: ${(error as Error).message}`);
  process.exit(1);
}

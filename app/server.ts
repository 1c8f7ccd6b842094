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

async function serve(): Promise<number> {
  try {
    const source = { placementFile: PLACEMENT_FILE, hostname: os.hostname(), proc: '/proc/self' };
    await runReplica({ config: readConfig(), source, socketDir: SOCKET_DIR }, stop.signal);
    return 0;
  } catch (error) {
    log(`cannot go on: ${(error as Error).message}`);
    return 1;
  }
}

// No await at the top level, which CommonJS does not have: the bundle is that because an ES import of node:http reads
// every export, and the getters among them load all of fetch and WebSocket, 16 MB of them.
void serve().then((code) => process.exit(code));

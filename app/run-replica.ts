import path from 'node:path';
import { socketPath } from '../placement/paths.ts';
import type { Config } from './config.ts';
import { StoppingError } from './http/answer-sum.ts';
import { createServer } from './http/create-server.ts';
import { drain } from './http/drain.ts';
import { listen } from './http/listen.ts';
import { Replies } from './http/replies.ts';
import type { Identity } from './identity/find-identity.ts';
import { type IdentitySource, watchIdentity } from './identity/watch-identity.ts';
import { log } from './log.ts';
import { loadKernel } from './sum/load-kernel.ts';
import { SumQueue } from './sum/sum-queue.ts';

export type Replica = {
  readonly config: Config;
  readonly source: IdentitySource;
  readonly socketDir: string;
};

/**
 * Waits for its placement, serves, and stops in order when `stop` is aborted.
 * @throws the system's error when it cannot listen
 */
export async function runReplica({ config, source, socketDir }: Replica, stop: AbortSignal): Promise<void> {
  const sums = new SumQueue(loadKernel(), config);
  const placed = Promise.withResolvers<Identity | undefined>();
  stop.addEventListener('abort', () => placed.resolve(undefined));
  let onMove = (identity: Identity): void => placed.resolve(identity);
  const endWatch = watchIdentity(source, (identity) => onMove(identity));
  try {
    const identity = await placed.promise;
    if (identity === undefined || stop.aborted) return;
    const site = { replies: new Replies(identity), sums };
    onMove = (moved) => {
      if (stop.aborted) return;
      site.replies = new Replies(moved);
      log(`is now ${describe(moved)}`);
    };
    const socket = path.join(socketDir, path.basename(socketPath(identity.container)));
    const server = createServer(site);
    await listen(server, socket);
    log(`serves on ${socket} as ${describe(identity)}`);
    await aborted(stop);
    site.replies = new Replies(site.replies.identity, { closing: true });
    await drain(server, socket, config.drainSeconds, () => sums.close(new StoppingError()));
  } finally {
    endWatch();
  }
}

function describe({ replica, core, pid }: Identity): string {
  return `replica ${replica}, PID ${pid}, ${core === null ? 'not pinned' : `core ${core}`}`;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

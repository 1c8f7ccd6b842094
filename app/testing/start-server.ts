import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Site } from '../http/answer-sum.ts';
import { createServer } from '../http/create-server.ts';
import { listen } from '../http/listen.ts';
import { Replies } from '../http/replies.ts';
import type { SumSlice } from '../sum/load-kernel.ts';
import { loadKernel } from '../sum/load-kernel.ts';
import { SumQueue } from '../sum/sum-queue.ts';
import { CONTAINER } from './placement.ts';

export const identity = { replica: 2, core: 1, pid: 4712, container: CONTAINER };

/** A directory of a test's own, gone when it ends. */
export function makeDirectory(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'percore-app-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A real server on a UNIX socket, closed when the test ends. */
export async function startServer({ maxSums = 16, kernel = loadKernel() as SumSlice } = {}) {
  const socket = path.join(makeDirectory(), 'app.sock');
  const site: Site = { replies: new Replies(identity), sums: new SumQueue(kernel, { maxSums }) };
  const server = createServer(site);
  await listen(server, socket);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { socket, site, server };
}

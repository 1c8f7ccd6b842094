import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { Server } from 'node:http';

/** Nginx and the pinner connect as other users, and connecting needs the right to write. */
const SOCKET_MODE = 0o666;

/** A UNIX socket refuses connections when its queue is full: better a queue longer than any burst. */
const BACKLOG = 4096;

/**
 * Listens on a UNIX socket, in place of what an earlier life that crashed left there.
 * @throws the system's error when it cannot
 */
export async function listen(server: Server, socket: string): Promise<void> {
  rmSync(socket, { force: true });
  // By the mask rather than a chmod, so that there is no moment at which the socket is there and refuses.
  const usual = process.umask(0o777 & ~SOCKET_MODE);
  try {
    server.listen({ path: socket, backlog: BACKLOG });
  } finally {
    process.umask(usual);
  }
  await once(server, 'listening');
}

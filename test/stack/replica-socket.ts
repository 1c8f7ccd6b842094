import { basename } from 'node:path';
import type { PlacedReplica } from '../../placement/placement-file.ts';

/** A replica's UNIX socket as the host sees it: through the server's own root directory. */
export function replicaSocket({ pid, socket }: PlacedReplica): string {
  return `/proc/${pid}/root/run/percore/sockets/${basename(socket)}`;
}

import { watch } from 'node:fs';
import { messageOf } from './docker/docker-error.ts';
import type { Log } from './log.ts';

/**
 * Calls `changed` when a socket appears, changes its mode or goes, so that a replica is listed as soon as it listens.
 * Without a watch the periodic pass finds it, only later.
 */
export function watchSockets(folder: string, changed: () => void, log: Log, signal: AbortSignal): void {
  const miss = (error: unknown) => {
    log(
      'warn',
      `${folder} cannot be watched: ${messageOf(error)}. New sockets are found by the periodic pass only.`,
    );
  };
  try {
    watch(folder, { signal }, changed).on('error', miss);
  } catch (error) {
    miss(error);
  }
}

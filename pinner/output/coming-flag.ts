import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../docker/docker-error.ts';
import type { Log } from '../log.ts';

/** Nginx looks for this file when it can reach no replica (nginx/http/hold-requests.conf). */
const NAME = 'replicas-are-coming';

/** How long the file outlasts its reason, in milliseconds: Nginx may need a second to take up the new list. */
const LINGER_MS = 3000;

export interface ComingFlag {
  /** Tells Nginx whether there are replicas that have never served and are on their way: then waiting is worth it. */
  show(areComing: boolean): void;
}

/**
 * That it cannot be written is told once, and is no more than that: requests then wait for less.
 * @param folder the volume that Nginx sees read-only.
 */
export function openComingFlag(
  folder: string,
  log: Log,
  now: () => number = () => performance.now(),
): ComingFlag {
  const path = join(folder, NAME);
  let lastComing = Number.NEGATIVE_INFINITY;
  // What an earlier pinner left is not known.
  let isThere: boolean | null = null;
  let told = false;
  return {
    show(areComing) {
      if (areComing) lastComing = now();
      const wanted = now() - lastComing < LINGER_MS;
      if (wanted === isThere) return;
      try {
        if (wanted) writeFileSync(path, '');
        else rmSync(path, { force: true });
        isThere = wanted;
      } catch (error) {
        if (!told) log('warn', `${path} cannot be ${wanted ? 'written' : 'removed'}: ${messageOf(error)}.`);
        told = true;
      }
    },
  };
}

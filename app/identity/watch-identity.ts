import { type FSWatcher, readFileSync, watch } from 'node:fs';
import path from 'node:path';
import { parsePlacementFile } from '../../placement/placement-file.ts';
import { log } from '../log.ts';
import { type Finding, findIdentity, type Identity, sameIdentity } from './find-identity.ts';
import { readOwnLife } from './read-own-life.ts';

/** Also asks the kernel again, which tells nobody when it changes a process's CPUs. */
const POLL_MILLISECONDS = 1000;

export type IdentitySource = {
  readonly placementFile: string;
  readonly hostname: string;
  /** This process's directory in `/proc`. */
  readonly proc: string;
};

/**
 * Calls `onIdentity` when this life is first placed, and again whenever its core or number change.
 * What cannot be read or does not fit is logged once, and leaves the last good identity as it is.
 * @returns a function that ends the watching
 */
export function watchIdentity(source: IdentitySource, onIdentity: (identity: Identity) => void): () => void {
  let known: Identity | undefined;
  let logged: string | undefined;

  const look = (): void => {
    const found = readIdentity(source);
    if ('missing' in found) {
      if (found.missing !== logged)
        log(`${known ? 'keeps its placement' : 'waits for its placement'}: ${found.missing}`);
      logged = found.missing;
      return;
    }
    logged = undefined;
    if (sameIdentity(known, found.identity)) return;
    known = found.identity;
    onIdentity(known);
  };

  const watcher = watchDirectory(path.dirname(source.placementFile), look);
  const poll = setInterval(look, POLL_MILLISECONDS);
  look();
  return () => {
    watcher?.close();
    clearInterval(poll);
  };
}

function readIdentity({ placementFile, hostname, proc }: IdentitySource): Finding {
  try {
    return findIdentity(parsePlacementFile(readFileSync(placementFile, 'utf8')), hostname, readOwnLife(proc));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { missing: `there is no ${placementFile} yet` };
    return { missing: (error as Error).message };
  }
}

/** The directory and not the file, which is replaced: a watch would stay with the old one. */
function watchDirectory(directory: string, onChange: () => void): FSWatcher | undefined {
  const byPolling = (error: Error) =>
    log(`cannot watch ${directory} and looks every ${POLL_MILLISECONDS} ms instead: ${error.message}`);
  try {
    return watch(directory, onChange).on('error', byPolling);
  } catch (error) {
    byPolling(error as Error);
    return undefined;
  }
}

import { SOCKET_DIR, socketPath } from '../../placement/paths.ts';
import type { PlacementFile } from '../../placement/placement-file.ts';

/** An upstream must have a server; with only this one, Nginx answers 502 at once, without trying. */
const NOBODY = `server unix:${SOCKET_DIR}/none.sock down; # no replica is ready yet\n`;

/**
 * The upstream's server lines, by number of replica. The names are made here from Docker's id and Compose's number
 * alone, and are checked all the same: what stands in this file is configuration to Nginx.
 * @throws RangeError when an id or a number could be anything else.
 */
export function renderReplicasConf({ replicas }: Pick<PlacementFile, 'replicas'>): string {
  const lines = replicas
    .filter(({ listed }) => listed)
    .toSorted((a, b) => a.replica - b.replica || (a.container < b.container ? -1 : 1))
    .map(({ container, replica }) => {
      if (!/^[0-9a-f]{64}$/.test(container) || !Number.isSafeInteger(replica) || replica < 1) {
        throw new RangeError(
          `A line for Nginx must be made of 64 hexadecimal digits and a number from 1, but got ${JSON.stringify({ container, replica })}`,
        );
      }
      return `server unix:${socketPath(container)} max_fails=1 fail_timeout=1s; # app-${replica}\n`;
    });
  return lines.join('') || NOBODY;
}

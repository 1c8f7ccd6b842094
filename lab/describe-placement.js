/** @import { PlacedReplica, PlacementFile, ReplicaState } from '../placement/placement-file.ts' */

/**
 * A core, and who sits on it. `siblings` are the other hardware threads of its physical core.
 *
 * @typedef {{ core: number, siblings: number[], replicas: PlacedReplica[] }} Tile
 */

/** @type {Record<ReplicaState, string>} */
export const STATE_WORDS = {
  waiting: 'waiting for a core',
  placed: 'placed, not listening yet',
  serving: 'serving',
  down: 'down, its core is kept',
  refused: 'not pinned, so not served',
  unpinned: 'serving without a core of its own',
};

/**
 * Cores by number, each with its replicas, and the replicas that have none.
 *
 * @param {PlacementFile} placement
 * @returns {{ tiles: Tile[], homeless: PlacedReplica[] }}
 */
export function arrangeTiles({ cores, replicas }) {
  /** @type {Map<number, Tile>} */
  const tiles = new Map();
  for (const { core, siblings } of cores) {
    tiles.set(core, { core, siblings: siblings.filter((other) => other !== core), replicas: [] });
  }
  const homeless = [];
  for (const replica of replicas) {
    if (replica.core === null) {
      homeless.push(replica);
      continue;
    }
    // A core that percore may use no longer can still hold a replica that was put there before.
    const tile = tiles.get(replica.core) ?? { core: replica.core, siblings: [], replicas: [] };
    tiles.set(replica.core, tile);
    tile.replicas.push(replica);
  }
  return { tiles: [...tiles.values()].sort((one, other) => one.core - other.core), homeless };
}

/**
 * The machine in a sentence.
 *
 * @param {PlacementFile} placement
 * @returns {string}
 */
export function describePlacement({ cores, replicas, oversubscribed }) {
  if (replicas.length === 0) return 'No replica is there.';
  const serving = replicas.filter(({ state }) => state === 'serving' || state === 'unpinned').length;
  const all = `${replicas.length} replica${replicas.length === 1 ? '' : 's'}`;
  const who =
    serving === replicas.length ? `${all} serve${serving === 1 ? 's' : ''}` : `${serving} of ${all} serve`;
  if (oversubscribed)
    return `${who}. ${replicas.length} share ${count(cores.length, 'core')}: more replicas than cores.`;
  const used = new Set(replicas.map(({ core }) => core).filter((core) => core !== null));
  const alone = used.size === replicas.length;
  if (!alone) return `${who}.`;
  const free = cores.filter(({ core }) => !used.has(core)).length;
  const where = replicas.length === 1 ? 'alone on a core' : 'each alone on a core';
  return `${who}, ${where}${free === 0 ? '' : `; ${count(free, 'core')} ${free === 1 ? 'is' : 'are'} free`}.`;
}

/** @param {number} number @param {string} noun */
function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

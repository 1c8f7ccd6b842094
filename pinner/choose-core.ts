import type { Core } from './machine/read-cores.ts';

/** How many replicas each core has. */
export type Loads = Map<number, number>;

/**
 * The core for one more replica: the emptiest, then the one whose physical core is emptiest (so that hardware
 * threads are doubled up last), then the lowest number.
 */
export function chooseCore(cores: readonly Core[], loads: Loads): number {
  const loadOf = (core: number) => loads.get(core) ?? 0;
  let best: readonly [number, number, number] | null = null;
  for (const { core, siblings } of cores) {
    const physical = siblings.reduce((sum, sibling) => sum + loadOf(sibling), 0);
    const rank = [loadOf(core), physical, core] as const;
    if (best === null || isBefore(rank, best)) best = rank;
  }
  if (best === null)
    throw new RangeError('A core can only be chosen where there is one, and the list is empty');
  return best[2];
}

function isBefore(a: readonly [number, number, number], b: readonly [number, number, number]): boolean {
  return a[0] !== b[0] ? a[0] < b[0] : a[1] !== b[1] ? a[1] < b[1] : a[2] < b[2];
}

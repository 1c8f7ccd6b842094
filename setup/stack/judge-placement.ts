import type { PlacementFile } from '../../placement/placement-file.ts';

/** What is still to come before every replica is pinned and serves; null when nothing is. */
export function judgePlacement(placement: PlacementFile, replicas: number): string | null {
  if (placement.replicas.length !== replicas) {
    return `the pinner sees ${replicas} replicas (now ${placement.replicas.length})`;
  }
  const others = placement.replicas.filter(({ state, listed }) => !isServed(state) || !listed);
  if (others.length === 0) return null;
  const states = others.map(
    ({ replica, state, problem }) => `app-${replica} ${state}${problem ? ` (${problem})` : ''}`,
  );
  return `every replica serves (${[...states, ...placement.problems].join('; ')})`;
}

function isServed(state: string): boolean {
  return state === 'serving' || state === 'unpinned';
}

import { socketPath } from '../placement/paths.ts';
import type { PlacedReplica } from '../placement/placement-file.ts';
import type { Silent } from './observe-all.ts';
import type { PlanReplica } from './plan-placement.ts';

/** How a container about which Docker is silent counts in the plan: where it was, in order, nothing to update. */
export function assumeInPlace(
  { container, replica }: Silent,
  last: PlacedReplica | undefined,
  core: number | undefined,
): PlanReplica {
  return { container, replica, running: last?.pid != null, cpuset: String(core ?? ''), allowed: null };
}

/** What the placement file says of it: what it said before, and that this is not known to be so any more. */
export function carryOver(
  { container, replica, reason }: Silent,
  last: PlacedReplica | undefined,
): PlacedReplica {
  const unknown = {
    core: null,
    pid: null,
    startTicks: null,
    startedAt: null,
    state: 'waiting',
    listed: false,
  } as const;
  const problem = `Nothing new is known of replica ${replica} (${container.slice(0, 12)}): ${reason}.`;
  return { ...(last ?? { replica, container, socket: socketPath(container), ...unknown }), problem };
}

import type { PlacementFile } from '../placement/placement-file.ts';
import type { Observed } from './observe.ts';

/**
 * A sentence for each container whose CPU list was changed by somebody else: the last pass saw this very life of it
 * on its core, and now it is elsewhere.
 */
export function reportRepairs(
  targets: readonly { readonly observed: Observed; readonly core: number }[],
  last: Pick<PlacementFile, 'replicas'> | null,
): string[] {
  const known = new Map(last?.replicas.map((one) => [one.container, one]));
  return targets.flatMap(({ observed, core }) => {
    const { container, replica, startTicks, allowed, cpuset } = observed;
    const then = known.get(container);
    if (then?.core !== core || then.startTicks !== startTicks) return [];
    if (then.state !== 'placed' && then.state !== 'serving') return [];
    return [
      `Replica ${replica} (${container.slice(0, 12)}) was taken off core ${core} by somebody else: Docker's list is ` +
        `"${cpuset}", the kernel's ${allowed}. It is put back; change PERCORE_CORES to choose the cores.`,
    ];
  });
}

import { socketPath } from '../placement/paths.ts';
import type { PlacedReplica, ReplicaState } from '../placement/placement-file.ts';
import type { Observed } from './observe.ts';

export interface Evidence {
  /** As seen after the updates. */
  readonly observed: Observed;
  readonly core: number | null;
  /** What Docker had against the latest update; null when nothing. */
  readonly fault: string | null;
  /** Its socket accepts connections. */
  readonly connects: boolean;
  readonly wasListed: boolean;
  readonly allowUnpinned: boolean;
}

/** What the placement file says of one replica. The kernel's word decides, whatever Docker answered. */
export function judgeReplica(evidence: Evidence): PlacedReplica {
  const { observed, core, connects, wasListed, allowUnpinned } = evidence;
  const { container, replica, pid, startTicks, startedAt, running, status } = observed;
  const base = { replica, container, pid, startTicks, startedAt, socket: socketPath(container) };
  if (!running) {
    const kept = core !== null && observed.cpuset === String(core);
    const problem = kept || core === null ? null : describe(evidence, core);
    return {
      ...base,
      core: status === 'created' && !kept ? null : core,
      state: status === 'created' ? 'waiting' : 'down',
      listed: wasListed,
      problem,
    };
  }
  if (core !== null && observed.allowed === String(core)) {
    // The kernel agrees; a list that Docker does not keep would be gone at the next start.
    const problem = observed.cpuset === String(core) ? null : describe(evidence, core);
    const state: ReplicaState = connects ? 'serving' : 'placed';
    return { ...base, core, state, listed: wasListed || connects, problem };
  }
  const problem = core === null ? NO_CORE : describe(evidence, core);
  if (allowUnpinned)
    return { ...base, core: null, state: 'unpinned', listed: wasListed || connects, problem };
  return { ...base, core: null, state: 'refused', listed: false, problem };
}

const NO_CORE =
  'There is no core to place it on: none of PERCORE_CORES is online. Bring one online or change the list.';

function describe({ observed, fault }: Evidence, core: number): string {
  const { replica, allowed, unreadable, cpuset, running } = observed;
  const who = `Replica ${replica} cannot be pinned to core ${core}`;
  if (unreadable !== null) {
    return (
      `${who}: the kernel cannot be asked (${unreadable}). ` +
      'Give the pinner the host\'s processes ("pid: host") and a /proc without hidepid.'
    );
  }
  if (!running) {
    return `${who} before it starts: ${fault ?? `Docker keeps the list "${cpuset}"`}. It is tried again when it runs.`;
  }
  if (allowed === String(core)) {
    return `Replica ${replica} runs on core ${core}, but Docker keeps the list "${cpuset}" for its next start: ${fault ?? 'no reason given'}.`;
  }
  const what = fault ?? 'Docker accepted the list, and the kernel does not have it';
  return (
    `${who}: ${what}. The kernel lets it run on ${allowed}. ` +
    `Let Docker use the cpuset controller (rootless: systemd Delegate=cpuset) and core ${core}, ` +
    'or set PERCORE_ALLOW_UNPINNED=true to serve it unpinned.'
  );
}

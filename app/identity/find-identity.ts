import type { PlacementFile } from '../../placement/placement-file.ts';
import type { OwnLife } from './read-own-life.ts';

/** Who this server is, as its replies say. */
export type Identity = {
  readonly replica: number;
  /** Null when unpinned replicas are allowed and this is one. */
  readonly core: number | null;
  /** As the host sees it. */
  readonly pid: number;
  /** The container's full id. */
  readonly container: string;
};

export type Finding = { readonly identity: Identity } | { readonly missing: string };

/** Whether this life of this container may serve, and as whom; otherwise what is missing for it, in words. */
export function findIdentity(file: PlacementFile, hostname: string, life: OwnLife): Finding {
  // Docker names a container's host after its short id; a shorter name could fit several.
  const entry =
    hostname.length >= 12 ? file.replicas.find((r) => r.container.startsWith(hostname)) : undefined;
  if (entry === undefined) return { missing: `no replica in the placement file has container ${hostname}` };
  const { replica, core, pid, container, state } = entry;
  const name = `replica ${replica}`;
  if (entry.startTicks !== life.startTicks || pid === null) {
    return {
      missing: `the placement file knows ${name} of another life (started at tick ${entry.startTicks})`,
    };
  }
  if (state === 'unpinned') return { identity: { replica, core: null, pid, container } };
  if ((state !== 'placed' && state !== 'serving') || core === null) {
    return { missing: `${name} is ${state}${entry.problem === null ? '' : `: ${entry.problem}`}` };
  }
  if (life.cpusAllowed !== String(core)) {
    return { missing: `${name} is placed on core ${core}, and the kernel allows CPUs ${life.cpusAllowed}` };
  }
  return { identity: { replica, core, pid, container } };
}

export function sameIdentity(a: Identity | undefined, b: Identity): boolean {
  return a !== undefined && a.replica === b.replica && a.core === b.core && a.pid === b.pid;
}

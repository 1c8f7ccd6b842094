import { parseCpuList } from '../placement/cpu-list.ts';
import { chooseCore, type Loads } from './choose-core.ts';
import { groupSeats } from './group-seats.ts';
import type { Core } from './machine/read-cores.ts';

export interface PlanReplica {
  readonly container: string;
  readonly replica: number;
  readonly running: boolean;
  /** The CPU list Docker keeps for it (`HostConfig.CpusetCpus`). */
  readonly cpuset: string;
  /** The kernel's `Cpus_allowed_list`; null when it does not run or cannot be read. */
  readonly allowed: string | null;
}

export interface PlanInput {
  readonly cores: readonly Core[];
  readonly replicas: readonly PlanReplica[];
  /** The core each container had, by container. */
  readonly previous: ReadonlyMap<string, number>;
}

export interface Plan {
  /** The core each container shall have; without an entry only when there is no core at all. */
  readonly cores: ReadonlyMap<string, number>;
  /** The containers whose CPU list must be set, in order of replica number. */
  readonly updates: readonly string[];
  /** How many replicas need a core; a container and the one that replaces it are one. */
  readonly seats: number;
}

/**
 * Decides every replica's core, from what is there and from nothing else.
 *
 * Whoever has a core keeps it: by the previous placement, else by the list Docker kept (after a lost placement file).
 * The others get the emptiest core, by number of replica. Only when the load is then uneven by two or more, which is
 * also when a core is shared while another is free, are replicas moved: as few as can be, highest numbers first.
 */
export function planPlacement({ cores, replicas, previous }: PlanInput): Plan {
  const usable = new Set(cores.map(({ core }) => core));
  const seats = groupSeats(replicas).map((members) => ({
    members,
    core: keptCore(members, previous, usable),
  }));
  const loads: Loads = new Map(cores.map(({ core }) => [core, 0]));
  const add = (core: number, by: number) => loads.set(core, (loads.get(core) ?? 0) + by);

  for (const seat of seats) if (seat.core !== null) add(seat.core, 1);
  for (const seat of seats) {
    if (seat.core !== null || cores.length === 0) continue;
    seat.core = chooseCore(cores, loads);
    add(seat.core, 1);
  }
  for (;;) {
    const most = Math.max(...loads.values());
    const seat = seats.findLast(({ core }) => core !== null && loads.get(core) === most);
    if (!seat || seat.core === null || most - Math.min(...loads.values()) < 2) break;
    add(seat.core, -1);
    seat.core = chooseCore(cores, loads);
    add(seat.core, 1);
  }

  const decided = new Map<string, number>();
  const updates: string[] = [];
  for (const { members, core } of seats) {
    if (core === null) continue;
    for (const member of members) {
      decided.set(member.container, core);
      if (!isPinned(member, core)) updates.push(member.container);
    }
  }
  return { cores: decided, updates, seats: seats.length };
}

/** Docker keeps that core for it, and the kernel, where it can be asked, agrees. */
export function isPinned(
  { cpuset, allowed }: Pick<PlanReplica, 'cpuset' | 'allowed'>,
  core: number,
): boolean {
  const list = String(core);
  return cpuset === list && (allowed === null || allowed === list);
}

function keptCore(
  members: readonly PlanReplica[],
  previous: ReadonlyMap<string, number>,
  usable: ReadonlySet<number>,
): number | null {
  for (const { container } of members) {
    const core = previous.get(container);
    if (core !== undefined && usable.has(core)) return core;
  }
  for (const { container, cpuset } of members) {
    const core = previous.has(container) ? null : onlyCore(cpuset);
    if (core !== null && usable.has(core)) return core;
  }
  return null;
}

function onlyCore(cpuset: string): number | null {
  try {
    const [core, second] = parseCpuList(cpuset);
    return core !== undefined && second === undefined ? core : null;
  } catch {
    return null;
  }
}

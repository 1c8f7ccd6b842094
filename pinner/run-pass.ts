import { socketPath } from '../placement/paths.ts';
import { PLACEMENT_VERSION, type PlacedReplica } from '../placement/placement-file.ts';
import { assumeInPlace, carryOver } from './carry-over.ts';
import type { Config } from './config.ts';
import type { DockerClient } from './docker/docker-client.ts';
import { judgeReplica } from './judge-replica.ts';
import type { Log } from './log.ts';
import type { Core } from './machine/read-cores.ts';
import { nameOversubscription } from './name-problems.ts';
import type { Observed, ReadProcess } from './observe.ts';
import { observeAll, type Sight } from './observe-all.ts';
import type { Placement } from './output/placement-store.ts';
import { type Attempts, pinContainers } from './pin-containers.ts';
import { isPinned, planPlacement } from './plan-placement.ts';
import { type Member, PROJECT_LABEL, readMembers, SERVICE_LABEL } from './read-members.ts';
import { reportRepairs } from './report-repairs.ts';

export interface Surroundings {
  readonly config: Config;
  readonly docker: DockerClient;
  /** The cores percore may use now, and a sentence when a configured one is missing. */
  readonly readCores: () => { readonly cores: readonly Core[]; readonly problem: string | null };
  readonly readProcess: ReadProcess;
  readonly connects: (socket: string) => Promise<boolean>;
  /** Told, as soon as it is known, whether there are replicas that have never served and are on their way. */
  readonly showComing: (areComing: boolean) => void;
  readonly log: Log;
}

/** What one pass hands on to the next. */
export interface Memory {
  readonly placement: Placement | null;
  /** The core each container is meant to have, also while it has it not. */
  readonly assigned: ReadonlyMap<string, number>;
  readonly attempts: Attempts;
  /** Those that are pinned and have never started, as they were seen. */
  readonly unstarted: ReadonlyMap<string, Observed>;
}

export type PassResult = Pick<Memory, 'assigned' | 'unstarted'> & { readonly placement: Placement };

/**
 * One pass: observe, plan, apply, verify. What it finds is written by its caller.
 * @throws DockerError when Docker cannot be asked what there is.
 */
export async function runPass(around: Surroundings, memory: Memory): Promise<PassResult> {
  const { config, docker, log } = around;
  const { project, service } = config;
  const { cores, problem: coreProblem } = around.readCores();
  const known = new Map(memory.placement?.replicas.map((one) => [one.container, one]));

  const listed = await docker.list({ [PROJECT_LABEL]: project, [SERVICE_LABEL]: service });
  const { members, problems } = readMembers(listed);
  // At once: where Compose replaces every replica, the old ones are stopped a moment after the new ones are created.
  if (members.some(({ created }) => created)) around.showComing(true);
  // One that is pinned and has not started is not asked about again: while it starts, Docker would not answer.
  const idle = members.flatMap(
    ({ container, created }) => (created && memory.unstarted.get(container)) || [],
  );
  const first = await look(
    members.filter(({ container }) => !idle.some((one) => one.container === container)),
  );
  const before = [...idle, ...first.seen];

  const assumed = first.silent.map((one) =>
    assumeInPlace(one, known.get(one.container), memory.assigned.get(one.container)),
  );
  const plan = planPlacement({ cores, replicas: [...before, ...assumed], previous: memory.assigned });

  const targets = before.flatMap((observed) => {
    const core = plan.cores.get(observed.container);
    return core !== undefined && plan.updates.includes(observed.container) ? [{ observed, core }] : [];
  });
  for (const text of reportRepairs(targets, memory.placement)) log('warn', text);
  const retryMs = config.resyncMs * 0.8;
  const updated = await pinContainers(docker, targets, memory.attempts, retryMs, performance.now());

  // Whoever was updated is looked at anew, as a whole: it may be another process by now.
  const isUpdated = ({ container }: { container: string }) => updated.includes(container);
  const again = await look(members.filter(isUpdated));
  const after = new Map(
    [...before.filter((one) => !isUpdated(one)), ...again.seen].map((one) => [one.container, one]),
  );
  const silent = new Map([...first.silent, ...again.silent].map((one) => [one.container, one]));
  forgetSuccess(memory.attempts, after, plan.cores);

  const replicas = await Promise.all(
    members.map(async ({ container }): Promise<PlacedReplica[]> => {
      const observed = after.get(container);
      const unknown = silent.get(container);
      if (!observed) return unknown ? [carryOver(unknown, known.get(container))] : [];
      const evidence = {
        observed,
        core: plan.cores.get(container) ?? null,
        fault: memory.attempts.get(container)?.fault ?? null,
        connects: observed.running && (await around.connects(socketPath(container))),
        wasListed: known.get(container)?.listed ?? false,
        allowUnpinned: config.allowUnpinned,
      };
      return [judgeReplica(evidence)];
    }),
  );

  around.showComing(replicas.flat().some(isComing));
  const sharing = nameOversubscription(plan.seats, cores);
  return {
    placement: {
      version: PLACEMENT_VERSION,
      project,
      service,
      cores: cores.map(({ core, siblings }) => ({ core, siblings: [...siblings] })),
      oversubscribed: plan.seats > cores.length,
      problems: [...problems, coreProblem, sharing].filter((one) => one !== null),
      replicas: replicas.flat(),
    },
    assigned: plan.cores,
    unstarted: new Map(
      [...after].filter(([id, one]) => one.status === 'created' && one.cpuset === String(plan.cores.get(id))),
    ),
  };

  function look(which: readonly Member[]): Promise<Sight> {
    return observeAll(docker, around.readProcess, which);
  }
}

function isComing({ listed, state }: PlacedReplica): boolean {
  return !listed && (state === 'waiting' || state === 'placed');
}

/** What worked is not remembered: a list that is changed again must be repaired without a wait. */
function forgetSuccess(
  attempts: Attempts,
  after: ReadonlyMap<string, Observed>,
  cores: ReadonlyMap<string, number>,
): void {
  for (const container of attempts.keys()) {
    const observed = after.get(container);
    const core = cores.get(container);
    if (!observed || core === undefined || isPinned(observed, core)) attempts.delete(container);
  }
}

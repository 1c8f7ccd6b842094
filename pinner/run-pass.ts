import { formatCpuList } from '../placement/cpu-list.ts';
import { socketPath } from '../placement/paths.ts';
import { PLACEMENT_VERSION, type PlacedReplica } from '../placement/placement-file.ts';
import type { Config } from './config.ts';
import type { DockerClient } from './docker/docker-client.ts';
import { judgeReplica } from './judge-replica.ts';
import type { Log } from './log.ts';
import type { Core } from './machine/read-cores.ts';
import {
  type Observed,
  observe,
  PROJECT_LABEL,
  type ReadProcess,
  readMembers,
  SERVICE_LABEL,
} from './observe.ts';
import type { Placement } from './output/placement-store.ts';
import { type Attempts, pinContainers } from './pin-containers.ts';
import { isPinned, planPlacement } from './plan-placement.ts';
import { reportRepairs } from './report-repairs.ts';

export interface Surroundings {
  readonly config: Config;
  readonly docker: DockerClient;
  /** The cores percore may use now, and a sentence when a configured one is missing. */
  readonly readCores: () => { readonly cores: readonly Core[]; readonly problem: string | null };
  readonly readProcess: ReadProcess;
  readonly connects: (socket: string) => Promise<boolean>;
  readonly log: Log;
}

/** What one pass hands on to the next. */
export interface Memory {
  readonly placement: Placement | null;
  /** The core each container is meant to have, also while it has it not. */
  readonly assigned: ReadonlyMap<string, number>;
  readonly attempts: Attempts;
}

export interface PassResult {
  readonly placement: Placement;
  readonly assigned: ReadonlyMap<string, number>;
}

/**
 * One pass: observe, plan, apply, verify. What it finds is written by its caller.
 * @throws DockerError when Docker cannot be asked what there is.
 */
export async function runPass(around: Surroundings, memory: Memory): Promise<PassResult> {
  const { config, docker, log } = around;
  const { project, service } = config;
  const { cores, problem: coreProblem } = around.readCores();

  const listed = await docker.list({ [PROJECT_LABEL]: project, [SERVICE_LABEL]: service });
  const { members, problems } = readMembers(listed);
  const look = (which: readonly Pick<Observed, 'container' | 'replica'>[]) =>
    Promise.all(which.map((one) => observe(docker, around.readProcess, one)));
  const before = (await look(members)).filter((one) => one !== null);

  const plan = planPlacement({ cores, replicas: before, previous: memory.assigned });

  const targets = before.flatMap((observed) => {
    const core = plan.cores.get(observed.container);
    return core !== undefined && plan.updates.includes(observed.container) ? [{ observed, core }] : [];
  });
  for (const text of reportRepairs(targets, memory.placement)) log('warn', text);
  const updated = await pinContainers(
    docker,
    targets,
    memory.attempts,
    config.resyncMs * 0.8,
    performance.now(),
  );

  // Whoever was updated is looked at anew, as a whole: it may be another process by now.
  const again = await look(before.filter(({ container }) => updated.includes(container)));
  const after = before
    .map((one) =>
      updated.includes(one.container) ? again.find((now) => now?.container === one.container) : one,
    )
    .filter((one): one is Observed => one !== null && one !== undefined);

  for (const container of memory.attempts.keys()) {
    const observed = after.find((one) => one.container === container);
    const core = plan.cores.get(container);
    // What worked is not remembered: a list that is changed again must be repaired without a wait.
    if (!observed || core === undefined || isPinned(observed, core)) memory.attempts.delete(container);
  }

  const known = new Map(memory.placement?.replicas.map((one) => [one.container, one]));
  const replicas = await Promise.all(
    after.map(async (observed): Promise<PlacedReplica> => {
      const { container, running } = observed;
      return judgeReplica({
        observed,
        core: plan.cores.get(container) ?? null,
        fault: memory.attempts.get(container)?.fault ?? null,
        connects: running && (await around.connects(socketPath(container))),
        wasListed: known.get(container)?.listed ?? false,
        allowUnpinned: config.allowUnpinned,
      });
    }),
  );

  if (coreProblem !== null) problems.push(coreProblem);
  const oversubscribed = plan.seats > cores.length;
  if (oversubscribed && cores.length > 0) {
    const list = formatCpuList(cores.map(({ core }) => core));
    const count = `${plan.seats} replicas share ${cores.length} core${cores.length === 1 ? '' : 's'}`;
    problems.push(
      `${count}: more replicas than cores (${list}) make each of them slower. Scale to ${cores.length} at most.`,
    );
  }
  const placement = {
    version: PLACEMENT_VERSION,
    project,
    service,
    cores: [...cores].map(copy),
    oversubscribed,
    problems,
    replicas,
  } as const;
  return { placement, assigned: plan.cores };
}

function copy({ core, siblings }: Core): { core: number; siblings: number[] } {
  return { core, siblings: [...siblings] };
}

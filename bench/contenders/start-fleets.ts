import type { CpuSets } from '../machine/split-cpus.ts';
import type { Letter } from '../read-options.ts';
import type { Contender, ContenderName, Server } from './server.ts';
import { type PercoreServer, startPercore } from './start-percore.ts';
import { startCluster, startPm2, startSingle, TUTORIAL_URL } from './start-tutorial.ts';

/** The contenders on one set of CPUs. */
export type Fleet = Partial<Record<ContenderName, Contender>>;

export interface Fleets {
  /** On the CPUs that the load leaves free: for work that saturates. */
  readonly apart: Fleet;
  /** On all CPUs: for work that costs the load nothing. */
  readonly whole: Fleet;
  /** The stack of `whole`. */
  readonly stack: PercoreServer | null;
}

/** Which workload is run where. */
const APART: readonly Letter[] = ['a', 'c'];

interface Plan {
  readonly only: readonly Letter[];
  readonly cpus: CpuSets;
  /** A bundle of the app with the tutorial's loop. */
  readonly bundle: string;
}

/** Starts what the workloads need; every server is handed to `onStart` at once, so that it can be stopped. */
export async function startFleets(
  { only, cpus, bundle }: Plan,
  onStart: (server: Server) => void,
): Promise<Fleets> {
  const keep = async <Kept extends Server>(starting: Promise<Kept>): Promise<Kept> => {
    const server = await starting;
    onStart(server);
    return server;
  };
  const needsApart = only.some((letter) => APART.includes(letter));
  const needsWhole = only.some((letter) => !APART.includes(letter));
  const replicas = cpus.all.split(',').length;

  const apart: Fleet = {};
  if (needsApart) {
    const [percore, ...others] = await Promise.all([
      keep(startPercore({ name: 'apart', cpus: cpus.contender, replicas: cpus.contenderCount })),
      ...startTutorials(cpus.contender, cpus.contenderCount, keep),
    ]);
    Object.assign(apart, percoreContenders(percore), tutorialContenders(others));
  }

  if (!needsWhole) return { apart, whole: {}, stack: null };
  const [stack, ...others] = await Promise.all([
    keep(startPercore({ name: 'whole', cpus: cpus.all, replicas })),
    ...startTutorials(cpus.all, replicas, keep),
  ]);
  const whole: Fleet = { ...percoreContenders(stack), ...tutorialContenders(others) };
  if (only.includes('b')) {
    const loop = await keep(startPercore({ name: 'loop', cpus: cpus.all, replicas, bundle }));
    whole['tutorial-loop'] = { name: 'tutorial-loop', server: loop, url: 'http://127.0.0.1:8082' };
  }
  return { apart, whole, stack };
}

type Keep = (starting: Promise<Server>) => Promise<Server>;

function startTutorials(cpus: string, workers: number, keep: Keep): Promise<Server>[] {
  return [keep(startCluster(cpus)), keep(startPm2(cpus, workers)), keep(startSingle(cpus))];
}

function tutorialContenders([cluster, pm2, single]: readonly Server[]): Fleet {
  if (!cluster || !pm2 || !single) throw new Error('three servers were started');
  return {
    cluster: { name: 'cluster', server: cluster, url: TUTORIAL_URL },
    pm2: { name: 'pm2', server: pm2, url: TUTORIAL_URL },
    single: { name: 'single', server: single, url: TUTORIAL_URL },
  };
}

function percoreContenders(server: PercoreServer): Fleet {
  return {
    'round-robin': { name: 'round-robin', server, url: 'http://127.0.0.1:8080' },
    'least-conn': { name: 'least-conn', server, url: 'http://127.0.0.1:8082' },
    'ip-hash': { name: 'ip-hash', server, url: 'http://127.0.0.1:8083', spreadsAddresses: true },
    'per-connection': { name: 'per-connection', server, url: 'http://127.0.0.1:8085' },
  };
}

/** Some of a fleet's contenders, in this order. */
export function pick(fleet: Fleet, names: readonly ContenderName[]): Contender[] {
  return names.flatMap((name) => fleet[name] ?? []);
}

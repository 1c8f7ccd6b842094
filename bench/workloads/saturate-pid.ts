import { type Bench, interleave, type Job } from '../bench.ts';
import type { Contender, ContenderName, Server } from '../contenders/server.ts';
import { pick } from '../contenders/start-fleets.ts';
import { runWrk } from '../load/run-wrk.ts';

/** For each CPU under test: enough to keep it busy, few enough that what is waited for is not only the queue. */
const CONNECTIONS_PER_CPU = 64;

/**
 * (a) As many GETs of /pid as can be answered. Every round has servers that have just been started: one start of Node's
 * is up to half as fast again as the next, the tutorial's as well as ours, and stays so for as long as it lives.
 */
export function planSaturation({ fleets, cpus, durations, options }: Bench): Job[] {
  const names: ContenderName[] = ['round-robin', 'least-conn', 'ip-hash', 'per-connection', 'cluster'];
  if (!options.quick) names.push('pm2', 'single');
  const startedIn = new Map<Server, number>();
  return interleave(pick(fleets.apart, names), durations.saturationRounds, (contender, round) => ({
    ...{ workload: 'a', subject: contender.name, round, contender, cpus: cpus.contender },
    seconds: durations.saturation + durations.warmUp + 2,
    isRepeatable: true,
    isSteady: true,
    prepare: async () => {
      if (startedIn.get(contender.server) === round) return;
      startedIn.set(contender.server, round);
      await contender.server.restart();
      // Requests enough for V8 to have compiled what is used.
      await load(contender, cpus, durations.warmUp);
    },
    measure: async () => ({ ...(await load(contender, cpus, durations.saturation)) }),
  }));
}

function load(contender: Contender, cpus: Bench['cpus'], seconds: number) {
  return runWrk(contender, {
    cpus: cpus.load,
    threads: cpus.loadCount,
    connections: CONNECTIONS_PER_CPU * cpus.contenderCount,
    seconds,
    path: '/pid',
  });
}

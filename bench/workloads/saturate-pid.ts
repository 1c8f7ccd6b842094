import { type Bench, interleave, type Job, startAnewEachRound } from '../bench.ts';
import type { Contender, ContenderName } from '../contenders/server.ts';
import { pick } from '../contenders/start-fleets.ts';
import { runWrk } from '../load/run-wrk.ts';

/** For each CPU under test: enough to keep it busy, few enough that what is waited for is not only the queue. */
const CONNECTIONS_PER_CPU = 64;

/** (a) As many GETs of /pid as can be answered. */
export function planSaturation({ fleets, cpus, durations, options }: Bench): Job[] {
  const names: ContenderName[] = ['round-robin', 'least-conn', 'per-connection', 'cluster'];
  if (!options.quick) names.push('ip-hash', 'pm2', 'single');
  // Requests enough for V8 to have compiled what is used.
  const startAnew = startAnewEachRound((contender) => load(contender, cpus, durations.warmUp));
  return interleave(pick(fleets.apart, names), durations.saturationRounds, (contender, round) => ({
    ...{ workload: 'a', subject: contender.name, round, contender, cpus: cpus.contender },
    seconds: durations.saturation + durations.warmUp + 2,
    isRepeatable: true,
    isSteady: true,
    prepare: () => startAnew(contender, round),
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

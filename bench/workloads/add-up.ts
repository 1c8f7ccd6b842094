import { type Bench, interleave, type Job, startAnewEachRound } from '../bench.ts';
import type { Contender, ContenderName } from '../contenders/server.ts';
import { pick } from '../contenders/start-fleets.ts';
import { runWrk } from '../load/run-wrk.ts';
import type { CpuSets } from '../machine/split-cpus.ts';

const SUM = '/api/100000000';

/** For each CPU: enough that round robin, which knows nothing of who is busy, seldom leaves one without a sum. */
const CONNECTIONS_PER_CPU = 4;

/**
 * (b) Sums, each connection sending the next as soon as the last is answered. Round robin gives every replica the same
 * number of them, so the replica whose core others use a little more sets the pace for all; least_conn is the mode that is
 * meant for requests that take long.
 */
export function planSums({ fleets, cpus, durations, options }: Bench): Job[] {
  const names: ContenderName[] = ['round-robin', 'tutorial-loop', 'cluster'];
  if (!options.quick) names.push('least-conn', 'pm2', 'single');
  const startAnew = startAnewEachRound((contender) => addUp(contender, cpus, durations.warmUp));
  return interleave(pick(fleets.whole, names), options.rounds, (contender, round) => ({
    ...{ workload: 'b', subject: contender.name, round, contender, cpus: cpus.all },
    seconds: durations.sums + durations.warmUp + 2,
    isRepeatable: true,
    isSteady: true,
    prepare: () => startAnew(contender, round),
    measure: async () => ({ ...(await addUp(contender, cpus, durations.sums)) }),
  }));
}

export function addUp(contender: Contender, cpus: CpuSets, seconds: number) {
  return runWrk(contender, {
    // One thread that sleeps: it does not matter where.
    cpus: cpus.all,
    threads: 1,
    connections: CONNECTIONS_PER_CPU * cpus.all.split(',').length,
    seconds,
    path: SUM,
    untilLast: true,
  });
}

import { type Bench, interleave, type Job } from '../bench.ts';
import type { ContenderName } from '../contenders/server.ts';
import { pick } from '../contenders/start-fleets.ts';
import { runK6 } from '../load/run-k6.ts';

/** A few, and more than there are workers: two or three share one. */
const CONNECTIONS_PER_CPU = 3;

/** (d) A few kept connections that send sums of very different sizes. */
export function planSkewed({ fleets, cpus, durations, options, k6Image }: Bench): Job[] {
  const names: ContenderName[] = options.quick
    ? ['round-robin', 'cluster']
    : ['round-robin', 'least-conn', 'per-connection', 'cluster', 'pm2', 'single'];
  return interleave(pick(fleets.whole, names), durations.slowRounds, (contender, round) => ({
    ...{ workload: 'd', subject: contender.name, round, contender, cpus: cpus.all },
    seconds: durations.skewed + 2,
    isRepeatable: false,
    isSteady: true,
    measure: async () => {
      const connections = CONNECTIONS_PER_CPU * cpus.all.split(',').length;
      const metrics = await runK6(contender, {
        image: k6Image,
        cpus: cpus.all,
        script: 'skewed.js',
        variables: { SECONDS: Math.ceil(durations.skewed), CONNECTIONS: connections, SEED: round },
      });
      const all = metrics.sum_duration;
      return {
        p50: all?.med ?? Number.NaN,
        p99: all?.['p(99)'] ?? Number.NaN,
        most: all?.max ?? Number.NaN,
        shortP99: metrics.short_sum_duration?.['p(99)'] ?? Number.NaN,
        requests: all?.count ?? Number.NaN,
        failed: metrics.failed_requests?.count ?? Number.NaN,
      };
    },
  }));
}

import { type Bench, interleave, type Job } from '../bench.ts';
import type { Contender, ContenderName } from '../contenders/server.ts';
import { pick } from '../contenders/start-fleets.ts';
import { type K6Metrics, runK6 } from '../load/run-k6.ts';

/** GETs of /pid a second. */
const RATE = 50;

/** What the tutorial's loop takes for its last sum after the load has ended. */
const LAST_SUM_SECONDS = 7;

/** (c) GETs of /pid at a fixed rate while there is a sum of 5,000,000,000 under way for every server. */
export function planMixed({ fleets, cpus, durations, options, k6Image }: Bench): Job[] {
  const names: ContenderName[] = options.quick
    ? ['round-robin', 'cluster']
    : ['round-robin', 'cluster', 'pm2', 'single'];
  return interleave(pick(fleets.apart, names), durations.slowRounds, (contender, round) => ({
    ...{ workload: 'c', subject: contender.name, round, contender, cpus: cpus.contender },
    seconds: durations.mixed + (contender.name === 'round-robin' ? 2 : LAST_SUM_SECONDS + 2),
    isRepeatable: false,
    isSteady: true,
    measure: async () => {
      const sums = contender.name === 'single' ? 1 : cpus.contenderCount;
      return await mix(contender, { image: k6Image, cpus: cpus.load, seconds: durations.mixed, sums });
    },
  }));
}

interface Mix {
  readonly image: string;
  readonly cpus: string;
  readonly seconds: number;
  readonly sums: number;
}

export async function mix(contender: Contender, { image, cpus, seconds, sums }: Mix) {
  const metrics = await runK6(contender, {
    image,
    cpus,
    script: 'mixed.js',
    variables: { SECONDS: Math.ceil(seconds), RATE, SUMS: sums },
  });
  return readMixed(metrics);
}

export function readMixed(metrics: K6Metrics): Record<string, number> {
  const pid = metrics['http_req_duration{route:pid}'];
  return {
    p50: pid?.med ?? Number.NaN,
    p99: pid?.['p(99)'] ?? Number.NaN,
    most: pid?.max ?? Number.NaN,
    requests: metrics['http_reqs{route:pid}']?.count ?? Number.NaN,
    // Of a rate that is to be 0, k6 counts the failures as passes.
    failed: metrics['http_req_failed{route:pid}']?.passes ?? Number.NaN,
    dropped: metrics.dropped_iterations?.count ?? 0,
  };
}

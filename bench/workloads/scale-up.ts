import { setTimeout as delay } from 'node:timers/promises';
import { run } from '../../setup/run-command.ts';
import type { Bench, Job } from '../bench.ts';
import { watchArrivals } from './watch-arrivals.ts';

/** Milliseconds of calm before the change. */
const BEFORE = 1000;

/** (h) Steady GETs while a replica is added. */
export function planScaleUp({ fleets, cpus, durations, k6Image }: Bench): Job[] {
  const { stack } = fleets;
  const contender = fleets.whole['round-robin'];
  if (stack === null || contender === undefined) return [];
  const most = cpus.all.split(',').length;
  const replicas = most + 1;
  return Array.from({ length: durations.slowRounds }, (_, index) => ({
    ...{ workload: 'h', subject: contender.name, round: index + 1, contender, cpus: cpus.all },
    seconds: durations.scaleUp + 5,
    isRepeatable: false,
    isSteady: false,
    measure: async () => {
      const underWay = Promise.withResolvers<void>();
      const load = { image: k6Image, cpus: cpus.all, seconds: durations.scaleUp };
      const watching = watchArrivals(contender, { ...load, onUnderWay: underWay.resolve });
      await Promise.race([underWay.promise, watching]);
      await delay(BEFORE);
      await stack.startReplicas(replicas);
      const { arrivals, metrics } = await watching;
      const placement = await stack.placement();
      const added = placement?.replicas.find(({ replica }) => replica === replicas);
      const startedAt = await readStart(added?.container ?? '');
      const first = arrivals.find(({ replica }) => replica === String(replicas));
      await stack.scale(most);
      return {
        secondsToServe: first ? (first.at - startedAt) / 1000 : Number.POSITIVE_INFINITY,
        unpinned: metrics.unpinned_answers?.count ?? Number.NaN,
        failed: metrics.failed_requests?.count ?? Number.NaN,
        requests: metrics.http_reqs?.count ?? Number.NaN,
      };
    },
  })) satisfies Job[];
}

/** When Docker started a container, in milliseconds since 1970. */
async function readStart(container: string): Promise<number> {
  return Date.parse((await run('docker', ['inspect', '--format', '{{.State.StartedAt}}', container])).trim());
}

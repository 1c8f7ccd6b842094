import { setTimeout as delay } from 'node:timers/promises';
import { run } from '../../setup/run-command.ts';
import { type Bench, interleave, type Job } from '../bench.ts';
import type { Contender, Server } from '../contenders/server.ts';
import { pick } from '../contenders/start-fleets.ts';
import { PercoreServer } from '../contenders/start-percore.ts';
import { watchArrivals } from './watch-arrivals.ts';

/** Milliseconds of calm before the crash. */
const BEFORE = 1500;

/** (g) Steady GETs while one server process is killed. */
export function planCrash({ fleets, cpus, durations, k6Image, options }: Bench): Job[] {
  const names = options.quick
    ? (['round-robin', 'cluster'] as const)
    : (['round-robin', 'cluster', 'pm2'] as const);
  return interleave(pick(fleets.whole, names), durations.slowRounds, (contender, round) => ({
    ...{ workload: 'g', subject: contender.name, round, contender, cpus: cpus.all },
    seconds: durations.crash + 2,
    isRepeatable: false,
    isSteady: false,
    measure: () => crash(contender, { image: k6Image, cpus: cpus.all, seconds: durations.crash }),
  }));
}

async function crash(contender: Contender, load: { image: string; cpus: string; seconds: number }) {
  const underWay = Promise.withResolvers<void>();
  const watching = watchArrivals(contender, { ...load, onUnderWay: underWay.resolve });
  await Promise.race([underWay.promise, watching]);
  await delay(BEFORE);
  const victim = await chooseVictim(contender.server);
  const killedAt = Date.now();
  process.kill(victim, 'SIGKILL');
  const { arrivals, metrics } = await watching;
  const next = arrivals.filter(({ at }) => at > killedAt).toSorted((one, other) => one.at - other.at)[0];
  return {
    failed: metrics.failed_requests?.count ?? Number.NaN,
    requests: metrics.http_reqs?.count ?? Number.NaN,
    // Nobody new: it did not come back while it was watched.
    secondsToFull: next ? (next.at - killedAt) / 1000 : Number.POSITIVE_INFINITY,
  };
}

/** The PID, on the host, of a process that answers requests. */
async function chooseVictim(server: Server): Promise<number> {
  if (server instanceof PercoreServer) {
    const placement = await server.placement();
    const pid = placement?.replicas.at(-1)?.pid;
    if (!pid) throw new Error('No replica runs that could be killed.');
    return pid;
  }
  // The youngest process is a worker: the cluster's primary and PM2 are there before theirs.
  const rows = (await run('docker', ['top', server.network, '-o', 'pid'])).trim().split('\n').slice(1);
  return Math.max(...rows.map(Number));
}

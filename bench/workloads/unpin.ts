import { setTimeout as delay } from 'node:timers/promises';
import { run } from '../../setup/run-command.ts';
import { type Bench, interleave, type Job } from '../bench.ts';
import type { PercoreServer } from '../contenders/start-percore.ts';
import { addUp } from './add-up.ts';
import { mix } from './mix.ts';

const PAUSE = 50;

/** (f) The same containers with their pins and without: sums, and /pid beside sums. */
export function planPinning({ fleets, cpus, durations, options, k6Image }: Bench): Job[] {
  const { stack } = fleets;
  const contender = fleets.whole['round-robin'];
  if (stack === null || contender === undefined) return [];
  const count = cpus.all.split(',').length;
  return interleave(
    ['pinned', 'unpinned'],
    options.quick ? durations.slowRounds : options.rounds,
    (subject, round) => ({
      ...{ workload: 'f', subject, round, contender, cpus: cpus.all },
      seconds: 2 * durations.pinning + 5,
      isRepeatable: true,
      isSteady: true,
      ...(subject === 'unpinned' && { prepare: () => unpin(stack, cpus.all), restore: () => pin(stack) }),
      measure: async () => {
        const sums = await addUp(contender, cpus, durations.pinning);
        const pid = await mix(contender, {
          ...{ image: k6Image, cpus: cpus.all, seconds: durations.pinning, sums: count },
        });
        return { perSecond: sums.perSecond, p50: pid.p50 ?? Number.NaN, p99: pid.p99 ?? Number.NaN };
      },
    }),
  );
}

/** The pinner would pin them again, so it stops; traffic does not need it. */
async function unpin(stack: PercoreServer, cpus: string): Promise<void> {
  await stack.compose('stop', '--timeout', '1', 'pinner');
  await run('docker', ['update', '--cpuset-cpus', cpus, ...(await stack.containersOf('app'))]);
}

async function pin(stack: PercoreServer): Promise<void> {
  await stack.compose('start', 'pinner');
  const isPinned = async () => {
    const format = '{{.HostConfig.CpusetCpus}}';
    const sets = await run('docker', ['inspect', '--format', format, ...(await stack.containersOf('app'))]);
    return sets
      .trim()
      .split('\n')
      .every((set) => /^\d+$/.test(set));
  };
  while (!(await isPinned())) await delay(PAUSE);
}

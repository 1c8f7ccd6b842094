import { type Bench, interleave, type Job } from '../bench.ts';
import { openAccounts, readCpuSeconds } from '../docker/read-usage.ts';
import { addUp } from './add-up.ts';

/** (e) Sums on 1, 2, 4 ... and as many replicas as there are CPUs, by least_conn: add-up.ts says why. */
export function planScaling({ fleets, cpus, durations, options }: Bench): Job[] {
  const { stack } = fleets;
  const contender = fleets.whole['least-conn'];
  if (stack === null || contender === undefined) return [];
  const most = cpus.all.split(',').length;
  return interleave(stepsTo(most), options.rounds, (replicas, round) => ({
    ...{ workload: 'e', subject: nameOf(replicas), round, contender, cpus: cpus.all },
    seconds: durations.scaling + 4,
    isRepeatable: true,
    isSteady: true,
    prepare: () => stack.scale(replicas),
    measure: async () => {
      const accounts = await openAccounts(await stack.containersOf('app'));
      const before = await readCpuSeconds(accounts);
      const result = await addUp(contender, cpus, durations.scaling);
      const perCpuSecond = result.requests / ((await readCpuSeconds(accounts)) - before);
      // Where there are as many replicas as cores, Nginx, the load and the machine have no other to run on.
      return { ...result, perCpuSecond, corePercent: (100 * result.perSecond) / perCpuSecond / replicas };
    },
    restore: () => stack.scale(most),
  }));
}

/** Doubling, and the last one in any case. */
export function stepsTo(most: number): number[] {
  const steps = [];
  for (let step = 1; step < most; step *= 2) steps.push(step);
  return [...steps, most];
}

export function nameOf(replicas: number): string {
  return replicas === 1 ? '1 replica' : `${replicas} replicas`;
}

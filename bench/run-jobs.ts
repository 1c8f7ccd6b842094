import type { Bench, Job } from './bench.ts';
import { Turns } from './contenders/give-turn.ts';
import { CONTENDERS } from './contenders/server.ts';
import { measureJob } from './measure-job.ts';
import type { Letter } from './read-options.ts';
import { Progress } from './show-progress.ts';
import type { Sample } from './statistics/sample.ts';
import { planSums } from './workloads/add-up.ts';
import { planCrash } from './workloads/crash.ts';
import { planMixed } from './workloads/mix.ts';
import { REST_SECONDS, type Rest, startRest } from './workloads/rest.ts';
import { planSaturation } from './workloads/saturate-pid.ts';
import { planScaling } from './workloads/scale.ts';
import { planScaleUp } from './workloads/scale-up.ts';
import { planSkewed } from './workloads/skew.ts';
import { planPinning } from './workloads/unpin.ts';

/** In this order: while the first two run, the stack that the others use is at rest, and is measured so. */
const PLANS: Record<Letter, (bench: Bench) => Job[]> = {
  a: planSaturation,
  c: planMixed,
  b: planSums,
  d: planSkewed,
  e: planScaling,
  f: planPinning,
  g: planCrash,
  h: planScaleUp,
};

/** Runs what was asked for, one after the other. */
export async function runJobs(bench: Bench): Promise<Sample[]> {
  const { only, quick } = bench.options;
  const letters = (Object.keys(PLANS) as Letter[]).filter((letter) => only.includes(letter));
  const jobs = letters.flatMap((letter) => PLANS[letter](bench));
  const planned = jobs.reduce((sum, { seconds }) => sum + seconds, 0);
  const rests = bench.fleets.stack !== null && only.includes('a');
  const apart = jobs
    .filter(({ cpus }) => cpus === bench.cpus.contender)
    .reduce((sum, { seconds }) => sum + seconds, 0);
  const progress = new Progress(planned + (rests && !quick ? Math.max(0, REST_SECONDS - apart) : 0));
  const samples: Sample[] = [];

  let rest: Rest | null = rests && bench.fleets.stack ? await startRest(bench.fleets.stack) : null;
  const turns = new Turns([...new Set(jobs.map(({ contender }) => contender.server))]);
  for (const job of jobs) {
    if (rest !== null && job.contender.server === bench.fleets.stack) {
      progress.begin('at rest');
      samples.push(await endRest(rest));
      rest = null;
    }
    progress.begin(`(${job.workload}) ${nameOf(job.subject)}, round ${job.round}`);
    await turns.give(job.contender.server, rest === null ? null : bench.fleets.stack);
    samples.push(await measureJob(job));
    progress.end(job.seconds);
  }
  await turns.thawAll();
  if (rest !== null) samples.push(await endRest(rest));
  progress.finish(`${samples.length} measurements`);
  return samples;
}

async function endRest(rest: Rest): Promise<Sample> {
  return { workload: 'idle', subject: 'round-robin', round: 1, values: await rest.end(), others: null };
}

function nameOf(subject: string): string {
  return subject in CONTENDERS ? CONTENDERS[subject as keyof typeof CONTENDERS] : subject;
}

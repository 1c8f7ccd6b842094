import { median } from './median.ts';
import { ratiosByRound } from './ratios.ts';
import { type Sample, valuesOf, type Workload } from './sample.ts';

export interface Verdict {
  readonly workload: Workload;
  readonly what: string;
  /** The median over the rounds; null when it was not measured. */
  readonly value: number | null;
  /** Absent: reported, whatever it is. */
  readonly rule?: { readonly atLeast?: number; readonly atMost?: number };
  readonly unit: string;
  readonly met: boolean | null;
}

type Rule = NonNullable<Verdict['rule']>;
type Draft = [workload: Workload, what: string, values: number[], unit: string, rule?: Rule];

/** What the benchmark has to show, and whether it does. */
export function judgeTargets(samples: readonly Sample[], workers: number): Verdict[] {
  const ratio = (workload: Workload, measure: string, subject: string, to = 'cluster') =>
    ratiosByRound(samples, { workload, measure, subject, to });
  const inverse = (workload: Workload, measure: string, subject: string) =>
    ratio(workload, measure, 'cluster', subject);
  const values = (workload: Workload, subject: string, measure: string) =>
    valuesOf(samples, workload, subject, measure);
  const all = `${workers} replicas`;
  const drafts: Draft[] = [
    [
      'a',
      'round robin, requests a second / cluster',
      ratio('a', 'perSecond', 'round-robin'),
      'x',
      { atLeast: 1.1 },
    ],
    [
      'a',
      'per connection, requests a second / cluster',
      ratio('a', 'perSecond', 'per-connection'),
      'x',
      { atLeast: 1.2 },
    ],
    ['a', 'round robin, cluster p99 / p99', inverse('a', 'p99', 'round-robin'), 'x', { atLeast: 1 }],
    ['a', 'per connection, cluster p99 / p99', inverse('a', 'p99', 'per-connection'), 'x', { atLeast: 1 }],
    [
      'b',
      'round robin, sums a second / cluster',
      ratio('b', 'perSecond', 'round-robin'),
      'x',
      { atLeast: 5 },
    ],
    ['b', 'least_conn, sums a second / cluster', ratio('b', 'perSecond', 'least-conn'), 'x', { atLeast: 5 }],
    [
      'b',
      "least_conn, with the tutorial's loop, sums a second / cluster",
      ratio('b', 'perSecond', 'tutorial-loop'),
      'x',
      { atLeast: 0.98 },
    ],
    ['c', 'p99 of /pid', values('c', 'round-robin', 'p99'), 'ms', { atMost: 30 }],
    ['c', 'cluster p99 / p99', inverse('c', 'p99', 'round-robin'), 'x', { atLeast: 100 }],
    ['d', 'cluster p99 / p99', inverse('d', 'p99', 'round-robin'), 'x', { atLeast: 2 }],
    [
      'e',
      `least_conn, ${all}, sums a second / ${workers} x one`,
      ratio('e', 'perSecond', all, '1 replica').map((each) => each / workers),
      'x',
      { atLeast: 0.95 },
    ],
    [
      'e',
      'the same for each second of CPU time that the replicas had',
      ratio('e', 'perCpuSecond', all, '1 replica'),
      'x',
      { atLeast: 0.95 },
    ],
    ['e', `what the ${all} had of their cores`, values('e', all, 'corePercent'), '%'],
    ['f', 'pinned, sums a second / unpinned', ratio('f', 'perSecond', 'pinned', 'unpinned'), 'x'],
    ['f', 'pinned, unpinned p99 of /pid / p99', ratio('f', 'p99', 'unpinned', 'pinned'), 'x'],
    ['g', 'failed requests', values('g', 'round-robin', 'failed'), '', { atMost: 0 }],
    ['g', 'until full capacity', values('g', 'round-robin', 'secondsToFull'), 's', { atMost: 3 }],
    ['h', 'until the new replica serves', values('h', 'round-robin', 'secondsToServe'), 's', { atMost: 2 }],
    ['h', 'answers of unpinned replicas', values('h', 'round-robin', 'unpinned'), '', { atMost: 0 }],
    [
      'idle',
      'resident memory of a replica',
      values('idle', 'round-robin', 'replicaMegabytes'),
      'MB',
      { atMost: 70 },
    ],
    [
      'idle',
      'resident memory of Nginx and the pinner',
      values('idle', 'round-robin', 'restMegabytes'),
      'MB',
      { atMost: 100 },
    ],
    [
      'idle',
      'CPU of the whole stack, of one core, per replica',
      values('idle', 'round-robin', 'cpuPercent'),
      '%',
      { atMost: 1 },
    ],
  ];
  return drafts.map(([workload, what, numbers, unit, rule]) => {
    const value = numbers.length === 0 ? null : worstOrMedian(workload, numbers);
    return { workload, what, value, unit, met: judge(value, rule), ...(rule && { rule }) };
  });
}

/** A crash must go well every time; everything else is as usual as its median. */
function worstOrMedian(workload: Workload, numbers: readonly number[]): number {
  return workload === 'g' || workload === 'h' ? Math.max(...numbers) : median(numbers);
}

function judge(value: number | null, rule: Rule | undefined): boolean | null {
  if (value === null || rule === undefined) return null;
  return (
    value >= (rule.atLeast ?? Number.NEGATIVE_INFINITY) && value <= (rule.atMost ?? Number.POSITIVE_INFINITY)
  );
}

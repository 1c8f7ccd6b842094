import { CONTENDERS } from '../contenders/server.ts';
import { type Summary, summarize } from '../statistics/median.ts';
import { type Sample, valuesOf, WORKLOADS, type Workload } from '../statistics/sample.ts';

export interface Chart {
  readonly id: string;
  readonly title: string;
  /** Of the numbers. */
  readonly unit: string;
  readonly better: 'more' | 'less';
  /** Whether the numbers lie so far apart that the scale has to be logarithmic. */
  readonly logarithmic: boolean;
  readonly kind: 'bar' | 'line';
  readonly bars: readonly ({ readonly label: string } & Summary)[];
}

type Draft = Pick<Chart, 'title' | 'unit' | 'better'> & { workload: Workload; measure: string };

const DRAFTS: readonly Draft[] = [
  { workload: 'a', measure: 'perSecond', title: 'requests a second', unit: '/s', better: 'more' },
  { workload: 'a', measure: 'p99', title: '99th percentile', unit: 'ms', better: 'less' },
  { workload: 'b', measure: 'perSecond', title: 'sums a second', unit: '/s', better: 'more' },
  { workload: 'c', measure: 'p99', title: '99th percentile of /pid', unit: 'ms', better: 'less' },
  { workload: 'd', measure: 'p99', title: '99th percentile of all sums', unit: 'ms', better: 'less' },
  {
    workload: 'd',
    measure: 'shortP99',
    title: '99th percentile of the short sums',
    unit: 'ms',
    better: 'less',
  },
  { workload: 'e', measure: 'perSecond', title: 'sums a second', unit: '/s', better: 'more' },
  { workload: 'f', measure: 'perSecond', title: 'sums a second', unit: '/s', better: 'more' },
  { workload: 'f', measure: 'p99', title: '99th percentile of /pid beside sums', unit: 'ms', better: 'less' },
  { workload: 'g', measure: 'failed', title: 'failed requests', unit: '', better: 'less' },
  { workload: 'g', measure: 'secondsToFull', title: 'seconds to full capacity', unit: 's', better: 'less' },
];

/** A chart for each measure that was taken, with a bar for each subject. */
export function planCharts(samples: readonly Sample[]): Chart[] {
  return DRAFTS.flatMap(({ workload, measure, title, ...rest }) => {
    const subjects = new Set(
      samples.filter((sample) => sample.workload === workload).map(({ subject }) => subject),
    );
    const bars = order([...subjects]).flatMap((subject) => {
      const values = valuesOf(samples, workload, subject, measure).filter(Number.isFinite);
      return values.length === 0 ? [] : [{ label: nameOf(subject), ...summarize(values) }];
    });
    if (bars.length === 0) return [];
    const medians = bars.map(({ median }) => median);
    return [
      {
        ...rest,
        id: `${workload}-${measure}`,
        title: `(${workload}) ${WORKLOADS[workload]}: ${title}`,
        logarithmic: Math.min(...medians) > 0 && Math.max(...medians) > 20 * Math.min(...medians),
        kind: workload === 'e' ? 'line' : 'bar',
        bars,
      } satisfies Chart,
    ];
  });
}

/** As the contenders are listed; what is none of them by its number or name. */
function order(subjects: string[]): string[] {
  const known = Object.keys(CONTENDERS);
  const place = (subject: string) => (known.includes(subject) ? known.indexOf(subject) : known.length);
  return subjects.toSorted(
    (one, other) => place(one) - place(other) || one.localeCompare(other, 'en', { numeric: true }),
  );
}

function nameOf(subject: string): string {
  return subject in CONTENDERS ? CONTENDERS[subject as keyof typeof CONTENDERS] : subject;
}

import { CONTENDERS, type ContenderName } from '../contenders/server.ts';
import { median } from '../statistics/median.ts';
import { ratiosByRound } from '../statistics/ratios.ts';
import { type Sample, valuesOf, type Workload } from '../statistics/sample.ts';
import { formatNumber } from './format-number.ts';

/** What is compared across contenders: a row of the summary. */
const ROWS: readonly { workload: Workload; measure: string; what: string }[] = [
  { workload: 'a', measure: 'perSecond', what: '`/pid` at saturation, requests a second' },
  { workload: 'a', measure: 'p99', what: 'its p99, ms' },
  { workload: 'a', measure: 'microsecondsPerRequest', what: 'its CPU time per request, µs' },
  { workload: 'b', measure: 'perSecond', what: '`/api/100000000`, sums a second' },
  { workload: 'c', measure: 'p99', what: 'p99 of `/pid` beside a `/api/5000000000`, ms' },
  { workload: 'd', measure: 'p99', what: 'sums of mixed sizes, p99, ms' },
  { workload: 'd', measure: 'shortP99', what: 'the short ones of them, p99, ms' },
  { workload: 'g', measure: 'failed', what: 'a crash: failed requests' },
  { workload: 'g', measure: 'secondsToFull', what: 'a crash: seconds to full capacity' },
];

/** Without the one that the benchmark alone has. */
const COLUMNS = (Object.keys(CONTENDERS) as ContenderName[]).filter((name) => name !== 'tutorial-loop');

/** No ratio of a count that is nought, nor of a moment. */
const WITHOUT_RATIO = new Set(['failed', 'secondsToFull']);

function formatRatio(ratio: number): string {
  return ratio < 0.1 ? `1/${formatNumber(1 / ratio)}` : `${formatNumber(ratio)}x`;
}

/**
 * The contenders side by side: the first row is the heading. A cell holds the median, and in brackets how often the
 * cluster's value of the same round it is.
 */
export function compareContenders(samples: readonly Sample[]): string[][] {
  const columns = COLUMNS.filter((name) =>
    samples.some(({ subject, workload }) => subject === name && workload !== 'idle'),
  );
  const rows = ROWS.flatMap(({ workload, measure, what }) => {
    const cells = columns.map((name) => {
      const values = valuesOf(samples, workload, name, measure);
      if (values.length === 0) return '';
      const number = formatNumber(median(values));
      if (name === 'cluster' || WITHOUT_RATIO.has(measure)) return number;
      const ratios = ratiosByRound(samples, { workload, measure, subject: name, to: 'cluster' });
      return ratios.length === 0 ? number : `${number} (${formatRatio(median(ratios))})`;
    });
    return cells.every((cell) => cell === '') ? [] : [[what, ...cells]];
  });
  return [['', ...columns.map((name) => CONTENDERS[name])], ...rows];
}

import { describe, expect, test } from 'vitest';
import { judgeTargets } from './judge-targets.ts';
import { median, summarize } from './median.ts';
import { ratiosByRound } from './ratios.ts';
import { type Sample, valuesOf } from './sample.ts';

const sample = (
  subject: string,
  round: number,
  values: Record<string, number>,
  workload = 'a' as const,
): Sample => ({
  ...{ workload, subject, round, values },
  others: 0,
});

describe('the median', () => {
  test.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

  test('of nothing is not a number', () => expect(median([])).toBeNaN());

  test('comes with how far the values lie apart', () =>
    expect(summarize([5, 1, 3])).toEqual({ median: 3, least: 1, most: 5, count: 3 }));
});

describe('ratios', () => {
  const compare = (samples: Sample[]) =>
    ratiosByRound(samples, { workload: 'a', measure: 'perSecond', subject: 'round-robin', to: 'cluster' });

  test('are of the same round', () => {
    const samples = [
      sample('round-robin', 1, { perSecond: 20 }),
      sample('cluster', 2, { perSecond: 5 }),
      sample('cluster', 1, { perSecond: 10 }),
      sample('round-robin', 2, { perSecond: 15 }),
    ];
    expect(compare(samples)).toEqual([2, 3]);
  });

  test('leave out a round that lacks one of the two, and one that has nothing to divide by', () => {
    const samples = [
      sample('round-robin', 1, { perSecond: 20 }),
      sample('round-robin', 2, { perSecond: 20 }),
      sample('cluster', 2, { perSecond: 0 }),
      sample('cluster', 3, { perSecond: 10 }),
    ];
    expect(compare(samples)).toEqual([]);
  });
});

test('the values of a measure are in order of round', () => {
  const samples = [
    sample('pm2', 2, { p99: 4 }),
    sample('pm2', 1, { p99: 3 }),
    sample('cluster', 1, { p99: 9 }),
  ];
  expect(valuesOf(samples, 'a', 'pm2', 'p99')).toEqual([3, 4]);
  expect(valuesOf(samples, 'a', 'pm2', 'other')).toEqual([]);
});

describe('targets', () => {
  const find = (samples: Sample[], what: string) => {
    const verdict = judgeTargets(samples, 2).find((each) => each.what === what);
    return verdict && { value: verdict.value, met: verdict.met };
  };

  test('are judged by the median of the ratios', () => {
    const samples = [1, 2, 3].flatMap((round) => [
      sample('round-robin', round, { perSecond: [10, 12, 30][round - 1] ?? 0 }),
      sample('cluster', round, { perSecond: 10 }),
    ]);
    expect(find(samples, 'round robin, requests a second / cluster')).toEqual({ value: 1.2, met: true });
  });

  test('of a crash by the worst', () => {
    const crash = (round: number, failed: number): Sample => ({
      ...{ workload: 'g', subject: 'round-robin', round, others: null },
      values: { failed, secondsToFull: 1 },
    });
    const samples = [crash(1, 0), crash(2, 0), crash(3, 1)];
    expect(find(samples, 'failed requests')).toEqual({ value: 1, met: false });
    expect(find(samples, 'until full capacity')).toEqual({ value: 1, met: true });
  });

  test('that were not measured are neither met nor missed', () =>
    expect(judgeTargets([], 2).every(({ value, met }) => value === null && met === null)).toBe(true));
});

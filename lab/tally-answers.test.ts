import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tallyAnswers } from './tally-answers.js';

const from = (replica: number | null, pid: number, milliseconds: number, order = 0) => ({
  order,
  milliseconds,
  outcome: { pid, replica, core: replica && replica - 1, clamped: false },
});
const failed = { order: 0, milliseconds: 9, outcome: { failure: 'network' } } as const;

describe('tallyAnswers', () => {
  test('counts by replica, in order of number, and leaves failures out', () => {
    const rows = tallyAnswers([from(3, 30, 4), failed, from(1, 10, 2), from(3, 30, 6), from(3, 31, 8)]);
    expect(rows).toMatchObject([
      { key: 'app-1', mark: '1', slot: 0, core: 0, count: 1, share: 0.25, median: 2, p99: 2, pids: [10] },
      { key: 'app-3', mark: '3', slot: 2, core: 2, count: 3, share: 0.75, median: 6, p99: 8, pids: [30, 31] },
    ]);
  });

  test('gives workers letters, in order of their first answer', () => {
    const rows = tallyAnswers([from(null, 900, 1), from(null, 500, 1), from(null, 900, 1)]);
    expect(rows.map(({ key, mark, count }) => [key, mark, count])).toEqual([
      ['worker 900', 'a', 2],
      ['worker 500', 'b', 1],
    ]);
    const crowd = Array.from({ length: 28 }, (_, index) => from(null, 100 + index, 1));
    expect(
      tallyAnswers(crowd)
        .map(({ mark }) => mark)
        .slice(24),
    ).toEqual(['y', 'z', 'aa', 'ab']);
  });

  test('loses no answer, and its median and p99 are latencies that were seen', () => {
    const arrivals = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(1000)), { minLength: 1 });
    fc.assert(
      fc.property(arrivals, (pairs) => {
        const rows = tallyAnswers(
          pairs.map(([replica, milliseconds]) => from(replica, replica, milliseconds)),
        );
        expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(pairs.length);
        expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
        for (const { slot, median, p99 } of rows) {
          const seen = pairs
            .filter(([replica]) => replica === slot + 1)
            .map(([, milliseconds]) => milliseconds);
          expect(seen).toContain(median);
          expect(seen.filter((each) => each <= median).length * 2).toBeGreaterThanOrEqual(seen.length);
          expect(seen.filter((each) => each <= p99).length).toBeGreaterThanOrEqual(0.99 * seen.length);
        }
      }),
    );
  });
});

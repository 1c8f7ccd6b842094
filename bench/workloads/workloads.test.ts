import { expect, test } from 'vitest';
import { interleave, type Job } from '../bench.ts';
import { readMixed } from './mix.ts';
import { stepsTo } from './scale.ts';

test('each round begins with another contender', () => {
  const plan = (subject: string, round: number) => ({ subject, round }) as Job;
  const order = interleave(['a', 'b', 'c'], 3, plan).map(({ subject, round }) => `${round}${subject}`);
  expect(order).toEqual(['1a', '1b', '1c', '2b', '2c', '2a', '3c', '3a', '3b']);
});

test.each([
  [1, [1]],
  [2, [1, 2]],
  [6, [1, 2, 4, 6]],
  [8, [1, 2, 4, 8]],
])('up to %d replicas in steps', (most, steps) => expect(stepsTo(most)).toEqual(steps));

test("k6's numbers for /pid are read apart from those of the sums", () => {
  const metrics = {
    http_req_duration: { med: 900 },
    'http_req_duration{route:pid}': { med: 1, 'p(99)': 3, max: 4, count: 50 },
    'http_reqs{route:pid}': { count: 50 },
    'http_req_failed{route:pid}': { rate: 0.02, passes: 1, fails: 49 },
  };
  expect(readMixed(metrics)).toEqual({ p50: 1, p99: 3, most: 4, requests: 50, failed: 1, dropped: 0 });
});

/**
 * A few connections that are kept, each sending sums one after the other, of very different sizes: most are short, one
 * in twenty takes a thousand times as long. Every contender gets the same ones in the same order.
 *
 * BASE_URL, SECONDS, CONNECTIONS, SEED.
 */
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { baseUrl, wholeNumber } from '../../loadtest/settings.js';

export { handleSummary } from './json-summary.js';

const seconds = wholeNumber('SECONDS', { fallback: 10, least: 1, most: 600 });
const connections = wholeNumber('CONNECTIONS', { fallback: 8, least: 1, most: 1000 });
const seed = wholeNumber('SEED', { fallback: 1, least: 0, most: 1_000_000 });

/** How often in twenty sums each size comes. */
const SIZES = [
  ...Array.from({ length: 12 }, () => 1_000_000),
  ...Array.from({ length: 5 }, () => 10_000_000),
  ...Array.from({ length: 2 }, () => 100_000_000),
  1_000_000_000,
];

const duration = new Trend('sum_duration', true);
const short = new Trend('short_sum_duration', true);
const failed = new Counter('failed_requests');

export const options = {
  summaryTrendStats: ['med', 'p(99)', 'max', 'count'],
  scenarios: {
    skewed: {
      executor: 'constant-vus',
      vus: connections,
      duration: `${seconds}s`,
      // What has begun counts: the slowest ones are what is looked for.
      gracefulStop: '60s',
    },
  },
};

/** The same sequence for every contender: a linear congruential generator. @param {number} step */
function sizeAt(step) {
  let state = (seed * 7919 + exec.vu.idInTest * 104729 + step * 1299709) >>> 0;
  for (let turn = 0; turn < 3; turn += 1) state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return SIZES[(state >>> 8) % SIZES.length] ?? 0;
}

export default function skewed() {
  const size = sizeAt(exec.vu.iterationInScenario);
  const response = http.get(`${baseUrl}/api/${size}`, { tags: { name: '/api/:n' }, timeout: '120s' });
  failed.add(response.status === 200 ? 0 : 1);
  duration.add(response.timings.duration);
  if (size === SIZES[0]) short.add(response.timings.duration);
}

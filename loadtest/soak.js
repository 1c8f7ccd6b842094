/**
 * Does it stay as good as it was? The main job for a long while at a moderate rate, the last third measured against the
 * same limits as the first: what leaks or tires shows there.
 *
 *   k6 run loadtest/soak.js
 *   k6 run -e MINUTES=480 loadtest/soak.js
 *
 * BASE_URL (http://127.0.0.1:8080), MINUTES (10) or SECONDS, RATE (100 requests a second: of ten of them one a sum
 * and one /), N (10000000: what is summed to), P99_MS (250: the most that the 99th percentile of /pid may be, at the
 * beginning and at the end).
 */
import exec from 'k6/execution';
import { ask } from './ask.js';
import { failureThresholds } from './failure-table.js';
import { replicaThresholds } from './replica-table.js';
import { wholeNumber } from './settings.js';
import { summarize, summaryTrendStats } from './text-summary.js';

const minutes = wholeNumber('MINUTES', { fallback: 10, least: 1, most: 10_080 });
const seconds = wholeNumber('SECONDS', { fallback: 60 * minutes, least: 1, most: 604_800 });
const rate = wholeNumber('RATE', { fallback: 100, least: 1, most: 10_000 });
const n = wholeNumber('N', { fallback: 10_000_000, least: 0, most: 5_000_000_000 });
const p99 = wholeNumber('P99_MS', { fallback: 250, least: 1, most: 60_000 });

export const options = {
  summaryTrendStats,
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      preAllocatedVUs: Math.min(rate, 300),
      maxVUs: Math.max(2 * rate, 300),
    },
  },
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate==0'],
    dropped_iterations: ['count==0'],
    'http_req_duration{phase:first third}': [`p(99)<${p99}`],
    'http_req_duration{phase:last third}': [`p(99)<${p99}`],
    'http_req_duration{route:sum}': ['p(99)<5000'],
    ...failureThresholds(),
    ...replicaThresholds(),
  },
};

export default function steady() {
  const turn = exec.scenario.iterationInTest % 10;
  if (turn === 9) {
    ask('sum', { path: `/api/${n}` });
    return;
  }
  if (turn === 4) {
    ask('hello', { path: '/' });
    return;
  }
  const third = Math.floor(exec.scenario.progress * 3);
  ask('pid', third === 1 ? {} : { tags: { phase: third === 0 ? 'first third' : 'last third' } });
}

export const handleSummary = summarize;

/**
 * Does anybody wait for somebody else's sum? GETs of /pid at a fixed rate, while long sums run all the time.
 *
 *   k6 run loadtest/mixed.js
 *
 * BASE_URL (http://127.0.0.1:8080), SECONDS (15), RATE (100 GETs of /pid a second), N (5000000000: what is summed to),
 * SUMS (4: how many sums are under way at any time; two for each core keep every replica busy), P99_MS (100: the most
 * that the 99th percentile of /pid may be).
 */
import { ask } from './ask.js';
import { failureThresholds } from './failure-table.js';
import { replicaThresholds } from './replica-table.js';
import { wholeNumber } from './settings.js';
import { summarize, summaryTrendStats } from './text-summary.js';

const seconds = wholeNumber('SECONDS', { fallback: 15, least: 1, most: 3600 });
const rate = wholeNumber('RATE', { fallback: 100, least: 1, most: 100_000 });
const n = wholeNumber('N', { fallback: 5_000_000_000, least: 0, most: 5_000_000_000 });
const sums = wholeNumber('SUMS', { fallback: 4, least: 1, most: 1000 });
const p99 = wholeNumber('P99_MS', { fallback: 100, least: 1, most: 60_000 });

export const options = {
  summaryTrendStats,
  scenarios: {
    // A closed model on purpose: what is held constant is how much is being summed.
    sums: { executor: 'constant-vus', exec: 'sum', vus: sums, duration: `${seconds}s` },
    quick: {
      executor: 'constant-arrival-rate',
      exec: 'pid',
      // Every replica is summing by then.
      startTime: '1s',
      rate,
      timeUnit: '1s',
      duration: `${Math.max(1, seconds - 1)}s`,
      preAllocatedVUs: Math.min(rate, 100),
      maxVUs: Math.min(10_000, Math.max(10 * rate, 100)),
    },
  },
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate==0'],
    dropped_iterations: ['count==0'],
    'http_req_duration{route:pid}': [`p(99)<${p99}`],
    'http_req_duration{route:sum}': ['max>=0'],
    ...failureThresholds(),
    ...replicaThresholds(),
  },
};

export const sum = () => ask('sum', { path: `/api/${n}`, timeout: '300s' });
export const pid = () => ask('pid');
export const handleSummary = summarize;

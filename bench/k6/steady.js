/**
 * GETs of /pid at a fixed rate; each server process that is met for the first time is told on a line of its own, with
 * the time.
 *
 * BASE_URL, SECONDS, RATE.
 */
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import { baseUrl, wholeNumber } from '../../loadtest/settings.js';

export { handleSummary } from './json-summary.js';

const seconds = wholeNumber('SECONDS', { fallback: 6, least: 1, most: 600 });
const rate = wholeNumber('RATE', { fallback: 200, least: 1, most: 100_000 });

const failed = new Counter('failed_requests');
const unpinned = new Counter('unpinned_answers');

export const options = {
  summaryTrendStats: ['med', 'p(99)', 'max', 'count'],
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      preAllocatedVUs: 20,
      maxVUs: Math.max(2 * rate, 20),
      gracefulStop: '15s',
    },
  },
};

/** Of this virtual user, as each has a memory of its own. */
const met = new Set();

export default function steady() {
  const response = http.get(`${baseUrl}/pid`, { timeout: '10s' });
  failed.add(response.status === 200 ? 0 : 1);
  const pid = /: (\d+)$/.exec(String(response.body))?.[1];
  if (pid === undefined) return;
  const core = response.headers['X-Core'];
  unpinned.add(core === 'none' ? 1 : 0);
  if (met.has(pid)) return;
  met.add(pid);
  const replica = response.headers['X-Replica'] ?? null;
  console.log(`MET${JSON.stringify({ at: Date.now(), pid: Number(pid), replica, core: core ?? null })}`);
}

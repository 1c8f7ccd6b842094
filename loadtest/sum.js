/**
 * The main job under load: nine GETs of /pid for every sum.
 *
 *   k6 run loadtest/sum.js
 *   docker compose run --rm k6
 *
 * BASE_URL (http://127.0.0.1:8080), SECONDS (10), RATE (200 requests a second), N (10000000: what is summed to).
 */
import { check } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { countFailure, failureThresholds } from './failure-table.js';
import { countReplica, replicaThresholds } from './replica-table.js';
import { baseUrl, wholeNumber } from './settings.js';
import { summarize, summaryTrendStats } from './text-summary.js';

const seconds = wholeNumber('SECONDS', { fallback: 10, least: 1, most: 3600 });
const rate = wholeNumber('RATE', { fallback: 200, least: 1, most: 100_000 });
const n = wholeNumber('N', { fallback: 10_000_000, least: 0, most: 5_000_000_000 });
const finalCount = `Final count is ${(BigInt(n) * (BigInt(n) + 1n)) / 2n} at pid: `;

export const options = {
  summaryTrendStats,
  scenarios: {
    // An open model: requests are sent on time whether or not the earlier ones have been answered.
    mix: {
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      preAllocatedVUs: Math.min(rate, 100),
      maxVUs: Math.max(rate, 100),
    },
  },
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate==0'],
    dropped_iterations: ['count==0'],
    'http_req_duration{route:pid}': ['p(99)<1000'],
    'http_req_duration{route:sum}': ['p(99)<5000'],
    ...failureThresholds(),
    ...replicaThresholds(),
  },
};

export default function mix() {
  const sum = exec.scenario.iterationInTest % 10 === 9;
  const response = sum
    ? http.get(`${baseUrl}/api/${n}`, { tags: { route: 'sum', name: '/api/:n' } })
    : http.get(`${baseUrl}/pid`, { tags: { route: 'pid' } });
  countReplica(response);
  countFailure(response);
  check(response, {
    'answered with 200': ({ status }) => status === 200,
    'with the right words': ({ body }) =>
      String(body).startsWith(sum ? finalCount : 'Which PID handled this process: '),
  });
}

export const handleSummary = summarize;

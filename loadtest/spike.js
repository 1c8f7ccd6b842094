/**
 * A sudden crowd: a calm rate, ten times as much within a second, and calm again. Nobody may be turned away, and the
 * calm after it must be as quick as the calm before.
 *
 *   k6 run loadtest/spike.js
 *
 * BASE_URL (http://127.0.0.1:8080), RATE (100 GETs of /pid a second), SPIKE (1000 a second at the top), SECONDS (5: how
 * long each of the three parts lasts), P99_MS (100: the most that the 99th percentile may be in the calm parts).
 */
import exec from 'k6/execution';
import { ask } from './ask.js';
import { failureThresholds } from './failure-table.js';
import { replicaThresholds } from './replica-table.js';
import { wholeNumber } from './settings.js';
import { summarize, summaryTrendStats } from './text-summary.js';

const seconds = wholeNumber('SECONDS', { fallback: 5, least: 1, most: 600 });
const rate = wholeNumber('RATE', { fallback: 100, least: 1, most: 10_000 });
const spike = wholeNumber('SPIKE', { fallback: 10 * rate, least: 1, most: 100_000 });
const p99 = wholeNumber('P99_MS', { fallback: 100, least: 1, most: 60_000 });

export const options = {
  summaryTrendStats,
  scenarios: {
    crowd: {
      executor: 'ramping-arrival-rate',
      timeUnit: '1s',
      startRate: rate,
      stages: [
        { duration: `${seconds}s`, target: rate },
        { duration: '1s', target: spike },
        { duration: `${seconds}s`, target: spike },
        { duration: '1s', target: rate },
        { duration: `${seconds}s`, target: rate },
      ],
      preAllocatedVUs: Math.min(spike, 500),
      maxVUs: Math.max(spike, 500),
    },
  },
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate==0'],
    dropped_iterations: ['count==0'],
    'http_req_duration{phase:before}': [`p(99)<${p99}`],
    'http_req_duration{phase:spike}': ['p(99)<1000'],
    'http_req_duration{phase:after}': [`p(99)<${p99}`],
    ...failureThresholds(),
    ...replicaThresholds(),
  },
};

/** @param {number} elapsed seconds since the beginning */
function phaseAt(elapsed) {
  if (elapsed < seconds) return 'before';
  return elapsed < 2 * seconds + 2 ? 'spike' : 'after';
}

export default function crowd() {
  ask('pid', { tags: { phase: phaseAt((Date.now() - exec.scenario.startTime) / 1000) } });
}

export const handleSummary = summarize;

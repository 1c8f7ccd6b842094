/**
 * Does a crash lose a request? Steady GETs while you crash replicas; the run sees the crash in the placement file, and
 * times how long the replica was away.
 *
 *   k6 run loadtest/crash.js
 *   sudo kill -9 $(curl -s http://127.0.0.1:8080/pid | grep -o '[0-9]*$')       # meanwhile, elsewhere
 *
 * BASE_URL (http://127.0.0.1:8080), SECONDS (20), RATE (200 GETs of /pid a second), MOST_FAILED (0: on a port that
 * balances connections, what was under way on the crashed replica's connections is lost, and counted), PLACEMENT_URL
 * (BASE_URL and /lab/placement.json: for such a port, that of the main port).
 */
import { sleep } from 'k6';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { ask } from './ask.js';
import { failureThresholds } from './failure-table.js';
import { replicaThresholds } from './replica-table.js';
import { address, baseUrl, wholeNumber } from './settings.js';
import { summarize as summarizeAll, summaryTrendStats } from './text-summary.js';

const seconds = wholeNumber('SECONDS', { fallback: 20, least: 2, most: 3600 });
const rate = wholeNumber('RATE', { fallback: 200, least: 1, most: 100_000 });
const mostFailed = wholeNumber('MOST_FAILED', { fallback: 0, least: 0, most: 1_000_000 });

const placementUrl = address('PLACEMENT_URL', {
  fallback: `${baseUrl}/lab/placement.json`,
  rule: 'must be an address of http://',
  pattern: /^https?:\/\/[\w.[\]:-]+\/\S*$/i,
});

const SECONDS_BETWEEN_LOOKS = 0.05;

const failed = new Counter('failed_requests');
const crashes = new Counter('crashes_seen');
const secondsAway = new Trend('seconds_away');

export const options = {
  summaryTrendStats,
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      exec: 'steady',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      preAllocatedVUs: Math.min(rate, 100),
      maxVUs: Math.max(2 * rate, 100),
    },
    watch: {
      executor: 'per-vu-iterations',
      exec: 'watch',
      vus: 1,
      iterations: 1,
      maxDuration: `${seconds + 5}s`,
    },
  },
  thresholds: {
    failed_requests: [`count<=${mostFailed}`],
    dropped_iterations: ['count==0'],
    // A run without a crash proves nothing, and must not look as if it did.
    crashes_seen: ['count>=1'],
    seconds_away: ['max<3'],
    'http_req_duration{route:pid}': ['p(99)<1000'],
    ...failureThresholds(),
    ...replicaThresholds(),
  },
};

export function steady() {
  failed.add(ask('pid').status === 200 ? 0 : 1);
}

/** Looks at the placement file all the while: a replica that serves under another PID has crashed in between. */
export function watch() {
  /** @type {Map<number, { pid: number, goneAt: number | null }>} */
  const lives = new Map();
  for (const end = Date.now() + seconds * 1000; Date.now() < end; sleep(SECONDS_BETWEEN_LOOKS)) {
    const now = Date.now();
    for (const { replica, pid, state } of readReplicas()) {
      const life = lives.get(replica);
      if (state !== 'serving' && state !== 'unpinned') {
        if (life) life.goneAt ??= now;
        continue;
      }
      if (life && life.pid !== pid) {
        crashes.add(1);
        secondsAway.add((now - (life.goneAt ?? now)) / 1000);
      }
      lives.set(replica, { pid, goneAt: null });
    }
  }
  for (const { goneAt } of lives.values()) if (goneAt !== null) secondsAway.add((Date.now() - goneAt) / 1000);
}

/** @returns {{ replica: number, pid: number, state: string }[]} none when there is no answer */
function readReplicas() {
  const response = http.get(placementUrl, { tags: { route: 'placement' } });
  if (response.status !== 200) return [];
  return /** @type {{ replicas: { replica: number, pid: number, state: string }[] }} */ (
    /** @type {unknown} */ (response.json())
  ).replicas;
}

/** @param {Parameters<typeof summarizeAll>[0]} data */
export function handleSummary(data) {
  const { crashes_seen: seen, seconds_away: away } = data.metrics;
  const count = seen?.values.count ?? 0;
  const words = count
    ? `${count} crash(es), the replica away for ${(away?.values.med ?? 0).toFixed(2)} s (median), ${(away?.values.max ?? 0).toFixed(2)} s at most\n`
    : 'No replica crashed: kill one while this runs (see the top of crash.js).\n';
  return { stdout: `${summarizeAll(data).stdout}${words}\n` };
}

/**
 * What makes requests stick? Every mode side by side in one run, each with kept connections and with a new connection
 * for every request. Every client has an address of its own in a /24 of its own (X-Forwarded-For, which the modes'
 * ports believe), and keeps its cookies.
 *
 *   k6 run loadtest/stickiness.js
 *   k6 run -e MODES=ip_hash,cookie -e CLIENTS=50 loadtest/stickiness.js
 *   k6 run -e MODES=this -e BASE_URL=http://127.0.0.1:8083 -e CLIENTS=1 -e REQUESTS=60 loadtest/stickiness.js
 *
 * BASE_URL (http://127.0.0.1:8080), MODES (all that are always on: round_robin,least_conn,ip_hash,cookie,
 * per_connection, on their ports of BASE_URL's host; also cluster, the control; `this` is BASE_URL itself), CLIENTS (20
 * at once), REQUESTS (400 for each mode, shared by its clients), AT_A_TIME (1: requests a client has under way),
 * PATHNAME (/pid), CONNECTIONS (kept,new: both; either alone is possible), FORWARDED (yes; no: no X-Forwarded-For, for
 * `--local-ips`, which gives the clients real addresses in turn).
 *
 * A closed model: what is asked is who answers, not how fast.
 */
import { check } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { countFailure, failureTable, failureThresholds } from './failure-table.js';
import { targets } from './modes.js';
import { baseUrl, pathname, wholeNumber, words } from './settings.js';
import { stickinessTable, tableThresholds } from './stickiness-table.js';
import { summaryTrendStats, verdicts } from './text-summary.js';

const clients = wholeNumber('CLIENTS', { fallback: 20, least: 1, most: 1000 });
const requests = wholeNumber('REQUESTS', { fallback: 400, least: 1, most: 1_000_000 });
const atATime = wholeNumber('AT_A_TIME', { fallback: 1, least: 1, most: 100 });
const connections = words('CONNECTIONS', { fallback: ['kept', 'new'], allowed: ['kept', 'new'] });
const forwarded = words('FORWARDED', { fallback: ['yes'], allowed: ['yes', 'no'] }).includes('yes');
const path = pathname();

const answers = new Counter('answers');
const opened = new Counter('connections_opened');
const perClient = new Trend('replicas_per_client');
const broken = new Counter('broken_promises');

const ENOUGH_TO_SPREAD = 16;

const runs = targets().flatMap((target) => connections.map((kind) => ({ ...target, kind })));

export const options = {
  summaryTrendStats: [...summaryTrendStats, 'avg', 'min'],
  // A client keeps what it was given until it is done.
  noCookiesReset: true,
  batch: atATime,
  batchPerHost: atATime,
  scenarios: Object.fromEntries(
    runs.map(({ mode, url, promise, kind }) => [
      `${mode}_${kind}`,
      {
        executor: 'per-vu-iterations',
        exec: 'client',
        vus: Math.min(clients, requests),
        iterations: 1,
        maxDuration: '5m',
        tags: { mode, connections: kind },
        env: { TARGET: url, PROMISE: promise, KIND: kind },
      },
    ]),
  ),
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate==0'],
    ...Object.fromEntries(runs.map(({ mode }) => [`broken_promises{mode:${mode}}`, ['count==0']])),
    ...failureThresholds(),
    ...tableThresholds(runs),
  },
};

/** How many replicas could answer, as the placement file says: with one, nothing can spread. */
export function setup() {
  const response = http.get(`${baseUrl}/lab/placement.json`, {
    responseCallback: http.expectedStatuses({ min: 200, max: 599 }),
  });
  if (response.status !== 200) return { replicas: 1 };
  const { replicas } = /** @type {{ replicas: { listed: boolean }[] }} */ (
    /** @type {unknown} */ (response.json())
  );
  return { replicas: replicas.filter(({ listed }) => listed).length };
}

/** One client from its first request to its last. @param {ReturnType<typeof setup>} machine */
export function client({ replicas }) {
  const number = exec.scenario.iterationInTest;
  const share = Math.floor(requests / clients) + (number < requests % clients ? 1 : 0);
  /** @type {Set<string>} */
  const answeredBy = new Set();
  let connected = 0;
  for (let sent = 0; sent < share; sent += atATime) {
    for (const response of askAtOnce(number, Math.min(atATime, share - sent))) {
      const signature = readSignature(response);
      if (response.timings.connecting > 0) connected += 1;
      countFailure(response);
      answers.add(1, { replica: signature ?? 'failed' });
      if (signature !== undefined) answeredBy.add(signature);
      check(response, { 'answered with 200': ({ status }) => status === 200 });
    }
  }
  opened.add(connected);
  if (answeredBy.size > 0) perClient.add(answeredBy.size);
  broken.add(isKept(answeredBy.size, { share, connected, replicas }) ? 0 : 1);
}

/** @param {number} number the client's @param {number} count */
function askAtOnce(number, count) {
  const headers = {
    ...(forwarded && { 'X-Forwarded-For': `10.${(number >> 8) & 255}.${number & 255}.1` }),
    ...(__ENV.KIND === 'new' && { Connection: 'close' }),
  };
  const name = `${__ENV.TARGET}${path}`;
  return http.batch(
    Array.from({ length: count }, () => ({ method: 'GET', url: name, params: { headers, tags: { name } } })),
  );
}

/**
 * Who answered: the replica, or the PID where no header tells (the control).
 *
 * @param {import('k6/http').RefinedResponse<'text' | undefined>} response
 */
function readSignature({ status, headers, body }) {
  if (status !== 200) return undefined;
  return headers['X-Replica'] ?? /(?:pid|process): (\d+)/.exec(String(body))?.[1];
}

/**
 * @param {number} seen replicas that answered a client
 * @param {{ share: number, connected: number, replicas: number }} of
 */
function isKept(seen, { share, connected, replicas }) {
  switch (__ENV.PROMISE) {
    case 'sticks':
      return seen <= 1;
    case 'sticks to a connection':
      return seen <= connected;
    case 'spreads':
      // Beside other clients, a client with a few requests may meet the same replica by chance.
      return replicas < 2 || share < ENOUGH_TO_SPREAD || seen > 1;
    default:
      return true;
  }
}

/** @param {import('./text-summary.js').Summary} data */
export function handleSummary(data) {
  const parts = [stickinessTable(data, runs), failureTable(data), verdicts(data.metrics).join('\n')];
  return { stdout: `\n${parts.filter(Boolean).join('\n')}\n\n` };
}

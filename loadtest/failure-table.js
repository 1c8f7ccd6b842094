import { Counter } from 'k6/metrics';

/**
 * What k6 calls them, in words (https://grafana.com/docs/k6/latest/javascript-api/error-codes/). The answers that are
 * errors are counted by status.
 *
 * @type {Record<number, string>}
 */
const KINDS = {
  1050: 'no answer in time',
  1210: 'connection failed',
  1211: 'no connection in time',
  1212: 'connection refused',
  1220: 'connection reset',
};
const CLOSED = 'connection closed before the answer';
const OTHER = 'another error';
const STATUSES = [400, 404, 405, 408, 429, 431, 500, 502, 503, 504];
const ALL_KINDS = [...Object.values(KINDS), CLOSED, OTHER, ...STATUSES.map((status) => `answer ${status}`)];

const failures = new Counter('failures_by_kind');

/**
 * Counts what was not answered with 200, by what went wrong: a proxy that is honest says 503, a connection that ends
 * with its server says nothing.
 *
 * @param {Pick<import('k6/http').RefinedResponse<undefined>, 'status' | 'error' | 'error_code'>} response
 */
export function countFailure(response) {
  if (response.status === 200) return;
  failures.add(1, { kind: kindOf(response) });
}

/** @param {Parameters<typeof countFailure>[0]} response */
function kindOf({ status, error, error_code }) {
  if (status > 0) return STATUSES.includes(status) ? `answer ${status}` : OTHER;
  if (/\bEOF\b|closed/i.test(error)) return CLOSED;
  return KINDS[error_code] ?? OTHER;
}

/** Thresholds that never fail: they make k6 keep a count per kind. */
export function failureThresholds() {
  return Object.fromEntries(ALL_KINDS.map((kind) => [`failures_by_kind{kind:${kind}}`, ['count>=0']]));
}

/**
 * A line for each kind of failure that there was; empty when there was none.
 *
 * @param {{ metrics: Record<string, { values: Record<string, number> }> }} data what k6 hands to handleSummary
 * @returns {string}
 */
export function failureTable({ metrics }) {
  const lines = ALL_KINDS.flatMap((kind) => {
    const count = metrics[`failures_by_kind{kind:${kind}}`]?.values.count ?? 0;
    return count > 0 ? [`${String(count).padStart(9)}  ${kind}`] : [];
  });
  return lines.length > 0 ? `failed requests, by what went wrong:\n${lines.join('\n')}\n` : '';
}

import { Counter } from 'k6/metrics';

/** k6 reports a tag's values only where a threshold names them beforehand: replicas above this number share one row. */
const MOST_REPLICAS = 64;

const answers = new Counter('answers_by_replica');

/**
 * Counts an answer for the replica that signed it.
 *
 * @param {import('k6/http').RefinedResponse<import('k6/http').ResponseType | undefined>} response
 */
export function countReplica(response) {
  const replica = response.headers['X-Replica'];
  if (replica) answers.add(1, { replica: Number(replica) <= MOST_REPLICAS ? replica : 'more' });
}

/** Thresholds that never fail: they make k6 keep a count per replica. */
export function replicaThresholds() {
  /** @type {Record<string, string[]>} */
  const thresholds = { 'answers_by_replica{replica:more}': ['count>=0'] };
  for (let replica = 1; replica <= MOST_REPLICAS; replica += 1) {
    thresholds[`answers_by_replica{replica:${replica}}`] = ['count>=0'];
  }
  return thresholds;
}

/**
 * The table of answers per replica, with the evenness: the least over the most, 1 when every replica did the same.
 *
 * @param {{ metrics: Record<string, { values: Record<string, number> }> }} data what k6 hands to handleSummary
 * @returns {string}
 */
export function replicaTable(data) {
  const rows = Object.entries(data.metrics).flatMap(([metric, { values }]) => {
    const replica = /^answers_by_replica\{replica:(\w+)\}$/.exec(metric)?.[1];
    return replica && values.count ? [{ replica, count: values.count }] : [];
  });
  rows.sort((one, other) => Number(one.replica) - Number(other.replica));
  if (rows.length === 0) return 'No replica answered.\n';
  const total = rows.reduce((sum, row) => sum + row.count, 0);
  const most = Math.max(...rows.map((row) => row.count));
  const least = Math.min(...rows.map((row) => row.count));
  const lines = rows.map(({ replica, count }) => {
    const share = `${((100 * count) / total).toFixed(1)} %`;
    const bar = '█'.repeat(Math.max(1, Math.round((30 * count) / most)));
    return `${`app-${replica}`.padEnd(9)}${String(count).padStart(9)}${share.padStart(9)}  ${bar}`;
  });
  return [
    `${'replica'.padEnd(9)}${'requests'.padStart(9)}${'share'.padStart(9)}`,
    ...lines,
    `evenness ${(least / most).toFixed(3)} (the least over the most) across ${rows.length} replicas, ${total} answers`,
    '',
  ].join('\n');
}

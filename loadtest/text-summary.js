import { failureTable } from './failure-table.js';
import { replicaTable } from './replica-table.js';

/**
 * @typedef {{
 *   values: Record<string, number>,
 *   thresholds?: Record<string, { ok: boolean }>,
 * }} Metric
 * @typedef {{ metrics: Record<string, Metric>, state: { testRunDurationMs: number } }} Summary
 */

/** For a script's options: what the table below shows. */
export const summaryTrendStats = ['med', 'p(99)', 'max'];

/** Metrics that have thresholds only so that k6 keeps their parts. */
const PARTS = /^(?:answers_by_replica|failures_by_kind)/;

/** k6 hands the metrics over in no order. */
const ORDER = ['pid', 'sum', 'before', 'spike', 'after', 'first third', 'last third'];

/** A script's whole summary: the numbers, the verdicts, what failed, and who answered. @param {Summary} data */
export function summarize(data) {
  const parts = [textSummary(data), failureTable(data), replicaTable(data)];
  return { stdout: `\n${parts.filter(Boolean).join('\n')}\n` };
}

/** @param {number | undefined} milliseconds */
const ms = (milliseconds) => `${(milliseconds ?? 0).toFixed(2)} ms`.padStart(12);

/**
 * The numbers a person reads first, and each threshold with its verdict. (k6's own end-of-run summary is off when a
 * script has one, and its library is fetched from the network.)
 *
 * @param {Summary} data
 * @returns {string}
 */
export function textSummary({ metrics, state }) {
  const seconds = state.testRunDurationMs / 1000;
  const requests = metrics.http_reqs?.values.count ?? 0;
  const lines = [
    `${requests} requests in ${seconds.toFixed(1)} s: ${(requests / seconds).toFixed(1)} a second`,
  ];
  const latencies = Object.entries(metrics).flatMap(([name, { values }]) => {
    const label = /^http_req_duration\{(?:route|phase):(.+)\}$/.exec(name)?.[1];
    return label === undefined ? [] : [{ label, values }];
  });
  latencies.sort((one, other) => ORDER.indexOf(one.label) - ORDER.indexOf(other.label));
  if (latencies.length > 0)
    lines.push(`${''.padEnd(12)}${'median'.padStart(12)}${'p99'.padStart(12)}${'most'.padStart(12)}`);
  for (const { label, values } of latencies)
    lines.push(`${label.padEnd(12)}${ms(values.med)}${ms(values['p(99)'])}${ms(values.max)}`);
  lines.push('', ...verdicts(metrics));
  return `${lines.join('\n')}\n`;
}

/**
 * A line for each threshold that can fail.
 *
 * @param {Record<string, Metric>} metrics
 * @returns {string[]}
 */
export function verdicts(metrics) {
  const sorted = Object.entries(metrics).toSorted(([one], [other]) => one.localeCompare(other));
  return sorted.flatMap(([name, { thresholds = {} }]) =>
    PARTS.test(name)
      ? []
      : Object.entries(thresholds)
          .filter(([rule]) => !rule.endsWith('>=0'))
          .map(([rule, { ok }]) => `${ok ? '✓' : '✗'} ${name} ${rule}`),
  );
}

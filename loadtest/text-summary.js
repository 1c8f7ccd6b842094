/**
 * @typedef {{
 *   values: Record<string, number>,
 *   thresholds?: Record<string, { ok: boolean }>,
 * }} Metric
 */

/** For a script's options: what the table below shows. */
export const summaryTrendStats = ['med', 'p(99)', 'max'];

/** @param {number | undefined} milliseconds */
const ms = (milliseconds) => `${(milliseconds ?? 0).toFixed(2)} ms`.padStart(12);

/**
 * The numbers a person reads first, and each threshold with its verdict. (k6's own end-of-run summary is off when a
 * script has one, and its library is fetched from the network.)
 *
 * @param {{ metrics: Record<string, Metric>, state: { testRunDurationMs: number } }} data
 * @returns {string}
 */
export function textSummary({ metrics, state }) {
  const seconds = state.testRunDurationMs / 1000;
  const requests = metrics.http_reqs?.values.count ?? 0;
  const lines = [
    `${requests} requests in ${seconds.toFixed(1)} s: ${(requests / seconds).toFixed(1)} a second`,
  ];
  const latencies = Object.entries(metrics).filter(([name]) => name.startsWith('http_req_duration{route:'));
  if (latencies.length > 0)
    lines.push(`${''.padEnd(9)}${'median'.padStart(12)}${'p99'.padStart(12)}${'most'.padStart(12)}`);
  for (const [name, { values }] of latencies) {
    const route = name.slice('http_req_duration{route:'.length, -1);
    lines.push(`${route.padEnd(9)}${ms(values.med)}${ms(values['p(99)'])}${ms(values.max)}`);
  }
  lines.push('');
  for (const [name, { thresholds = {} }] of Object.entries(metrics)) {
    if (name.startsWith('answers_by_replica')) continue;
    for (const [rule, { ok }] of Object.entries(thresholds)) lines.push(`${ok ? '✓' : '✗'} ${name} ${rule}`);
  }
  return `${lines.join('\n')}\n`;
}

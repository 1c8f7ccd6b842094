/**
 * For scripts of the benchmark: k6's metrics as one line of JSON, for another program to read.
 *
 * @param {import('../../loadtest/text-summary.js').Summary} data
 */
export function handleSummary({ metrics }) {
  const values = Object.entries(metrics)
    .filter(([name]) => !/^(?:answers_by_replica|failures_by_kind)\{/.test(name))
    .map(([name, metric]) => [name, metric.values]);
  return { stdout: `BENCH${JSON.stringify(Object.fromEntries(values))}\n` };
}

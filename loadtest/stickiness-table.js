/** Replicas above this number are not told apart in the table. */
const MOST_REPLICAS = 32;

/** @typedef {{ mode: string, kind: string }} Run */

/** @param {Run} run @param {string} metric @param {string} [more] */
const part = ({ mode, kind }, metric, more = '') => `${metric}{mode:${mode},connections:${kind}${more}}`;

/**
 * Thresholds that never fail: they make k6 keep the numbers of each run.
 *
 * @param {Run[]} runs
 */
export function tableThresholds(runs) {
  /** @type {Record<string, string[]>} */
  const thresholds = {};
  for (const run of runs) {
    thresholds[part(run, 'answers')] = ['count>=0'];
    thresholds[part(run, 'answers', ',replica:failed')] = ['count>=0'];
    thresholds[part(run, 'connections_opened')] = ['count>=0'];
    thresholds[part(run, 'replicas_per_client')] = ['avg>=0'];
    for (let replica = 1; replica <= MOST_REPLICAS; replica += 1)
      thresholds[part(run, 'answers', `,replica:${replica}`)] = ['count>=0'];
  }
  return thresholds;
}

/**
 * A line for each run. Replicas per client: 1 is what sticks. Evenness: the least over the most across all replicas
 * that answered in any run, so that a replica nobody reached counts as 0.
 *
 * @param {{ metrics: Record<string, { values: Record<string, number> }> }} data what k6 hands to handleSummary
 * @param {Run[]} runs
 * @returns {string}
 */
export function stickinessTable({ metrics }, runs) {
  /** @param {Run} run @param {string} metric @param {string} [more] @param {string} [value] */
  const read = (run, metric, more = '', value = 'count') =>
    metrics[part(run, metric, more)]?.values[value] ?? 0;
  const replicas = Array.from({ length: MOST_REPLICAS }, (_, index) => index + 1).filter((replica) =>
    runs.some((run) => read(run, 'answers', `,replica:${replica}`) > 0),
  );
  const rows = runs.map((run) => {
    const counts = replicas.map((replica) => read(run, 'answers', `,replica:${replica}`));
    const most = Math.max(0, ...counts);
    return [
      run.mode,
      run.kind,
      String(read(run, 'answers')),
      String(read(run, 'answers', ',replica:failed')),
      String(read(run, 'connections_opened')),
      read(run, 'replicas_per_client', '', 'avg').toFixed(2),
      most > 0 ? (Math.min(...counts) / most).toFixed(2) : '-',
      counts.join(' '),
    ];
  });
  const heading = [
    'mode',
    'connections',
    'requests',
    'failed',
    'opened',
    'replicas per client',
    'evenness',
    replicas.length > 0 ? `app-1 ... app-${replicas.at(-1)}` : '',
  ];
  const table = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  // Words to the left, numbers to the right.
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        column < 2 || column === 7 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

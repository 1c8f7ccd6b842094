/** @import { Answer } from './read-answer.js' */
/** @import { Arrival } from './run-experiment.js' */

/**
 * Who answered how often. `mark` stands in the cells: a replica's number, or a letter for a worker that has none.
 * `slot` chooses the colour, from 0.
 *
 * @typedef {{
 *   key: string, label: string, mark: string, slot: number, core: number | null, pids: number[],
 *   count: number, share: number, median: number, p99: number,
 * }} Row
 */

/** What one who answers is known by. @param {Answer} answer */
export function keyOf({ replica, pid }) {
  return replica === null ? `worker ${pid}` : `app-${replica}`;
}

/**
 * Latencies are in milliseconds, quantiles by nearest rank.
 *
 * @param {readonly Arrival[]} arrivals
 * @returns {Row[]} replicas by number, workers in order of their first answer
 */
export function tallyAnswers(arrivals) {
  /** @type {Map<string, { answer: Answer, pids: Set<number>, latencies: number[] }>} */
  const groups = new Map();
  let total = 0;
  for (const { outcome, milliseconds } of arrivals) {
    if ('failure' in outcome) continue;
    const key = keyOf(outcome);
    const group = groups.get(key) ?? { answer: outcome, pids: new Set(), latencies: [] };
    groups.set(key, group);
    group.pids.add(outcome.pid);
    group.latencies.push(milliseconds);
    total += 1;
  }
  let workers = 0;
  const rows = [...groups].map(([key, { answer, pids, latencies }]) => {
    const slot = answer.replica === null ? workers++ : answer.replica - 1;
    latencies.sort((one, other) => one - other);
    return {
      key,
      label: key,
      mark: answer.replica === null ? letter(slot) : String(answer.replica),
      slot,
      core: answer.core,
      pids: [...pids],
      count: latencies.length,
      share: latencies.length / total,
      median: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
    };
  });
  return rows.sort((one, other) => one.slot - other.slot);
}

/** @param {readonly number[]} sorted @param {number} q */
function quantile(sorted, q) {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/** a, b … z, aa, ab … @param {number} index @returns {string} */
function letter(index) {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}

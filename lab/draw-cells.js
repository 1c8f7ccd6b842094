import { element } from './build-element.js';
import { lookOf } from './replica-look.js';
import { keyOf } from './tally-answers.js';

/** @import { Arrival } from './run-experiment.js' */
/** @import { Row } from './tally-answers.js' */

/**
 * A place for each answer, empty at first, and filled in order of arrival. The cells are a picture: who cannot see it
 * has the sentence and the table, which say the same.
 *
 * @param {number} requests
 */
export function createCells(requests) {
  const size = requests <= 120 ? 'roomy' : requests <= 400 ? 'snug' : 'tight';
  const cells = Array.from({ length: requests }, () => element('i'));
  let filled = 0;
  return {
    element: element('div', { class: `cells ${size}`, 'aria-hidden': 'true' }, ...cells),

    /**
     * @param {readonly Arrival[]} arrivals all of the run's so far
     * @param {readonly Row[]} rows
     */
    fill(arrivals, rows) {
      const byKey = new Map(rows.map((row) => [row.key, row]));
      for (; filled < arrivals.length; filled += 1) {
        const { outcome } = /** @type {Arrival} */ (arrivals[filled]);
        const cell = /** @type {HTMLElement} */ (cells[filled]);
        const row = 'failure' in outcome ? undefined : byKey.get(keyOf(outcome));
        cell.className = row ? lookOf(row.slot) : 'failed';
        cell.textContent = row ? row.mark : '×';
      }
    },

    /** Takes away the places that nobody is going to fill. */
    cut() {
      for (const cell of cells.slice(filled)) cell.remove();
    },
  };
}

import { element } from './build-element.js';
import { lookOf } from './replica-look.js';

/** @import { Row } from './tally-answers.js' */

/**
 * Who answered how often and how fast, with a bar for each.
 *
 * @param {string} caption for who cannot see which card the table stands in
 */
export function createTable(caption) {
  const body = element('tbody');
  const head = element(
    'tr',
    {},
    ...['Who', 'Answers', 'Share', 'Median', 'p99'].map((text) => element('th', { scope: 'col' }, text)),
  );
  const table = element(
    'table',
    { hidden: true },
    element('caption', { class: 'unseen' }, caption),
    element('thead', {}, head),
    body,
  );
  return {
    element: table,

    /** @param {readonly Row[]} rows */
    show(rows) {
      table.hidden = rows.length === 0;
      body.replaceChildren(...rows.flatMap(drawRow));
    },
  };
}

/** A row of numbers, and the bar under it. @param {Row} row */
function drawRow({ label, mark, slot, count, share, median, p99 }) {
  const badge = element('span', { class: `badge small ${lookOf(slot)}`, 'aria-hidden': 'true' }, mark);
  const bar = element('div', { class: `bar ${lookOf(slot)}` });
  bar.style.inlineSize = `${100 * share}%`;
  const numbers = [String(count), formatShare(share), formatMilliseconds(median), formatMilliseconds(p99)];
  return [
    element(
      'tr',
      { 'data-who': label },
      element('th', { scope: 'row' }, element('div', { class: 'who' }, badge, label)),
      ...numbers.map((number) => element('td', {}, number)),
    ),
    element('tr', { class: 'bars', 'aria-hidden': 'true' }, element('td', { colspan: 5 }, bar)),
  ];
}

/** @param {number} share from 0 to 1 */
export function formatShare(share) {
  const percent = 100 * share;
  return `${Number.isInteger(percent) || percent >= 99.95 ? percent.toFixed(0) : percent.toFixed(1)} %`;
}

/** @param {number} milliseconds */
export function formatMilliseconds(milliseconds) {
  if (milliseconds >= 999.5) return `${(milliseconds / 1000).toFixed(milliseconds < 9995 ? 2 : 1)} s`;
  return `${milliseconds.toFixed(milliseconds < 9.95 ? 1 : 0)} ms`;
}

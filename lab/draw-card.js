import { element } from './build-element.js';
import { commandLines } from './command-lines.js';
import { commandLine } from './copy-button.js';
import { createCells } from './draw-cells.js';
import { createTable } from './draw-table.js';
import { nameOfMode, promiseOfMode, ruleOfMode } from './mode-words.js';

/** @import { Mode } from './mode-words.js' */
/** @import { Settings } from './settings-hash.js' */
/** @import { Arrival } from './run-experiment.js' */
/** @import { Row } from './tally-answers.js' */
/** @import { Wire } from './watch-wire.js' */

/**
 * What a card says when its run has ended.
 *
 * @typedef {{ sentence: string, failures: { text: string, command?: string }[], wire: Wire | null, clamped: boolean, gaveUp: boolean }} Verdict
 */

/**
 * The card of one mode: at first what is going to be asked, then the answers as they come, then what they show.
 *
 * @param {Mode} mode
 * @param {Settings} settings
 * @param {string} origin
 */
export function createCard(mode, settings, origin) {
  const name = nameOfMode(mode.id);
  const cells = createCells(settings.requests);
  const table = createTable(`Who answered: ${name}`);
  const sentence = element('p', { class: 'sentence' }, 'Not run yet.');
  const failures = element('div', { class: 'failures' });
  const wire = element('p', { class: 'wire' });
  const titleId = `card-${mode.id}`;
  const card = element(
    'article',
    { class: 'card panel', 'data-mode': mode.id, 'data-state': 'idle', 'aria-labelledby': titleId },
    element(
      'header',
      {},
      element('h3', { id: titleId }, name),
      element('span', { class: 'port' }, `:${mode.port}`),
    ),
    element('p', { class: 'promise' }, promiseOfMode(mode)),
    sentence,
    cells.element,
    failures,
    table.element,
    wire,
    createCommands(commandLines(settings, { origin, rule: ruleOfMode(mode) }), name),
  );

  return {
    mode,
    element: card,

    /** @param {string} words */
    wait(words) {
      sentence.textContent = words;
    },

    begin() {
      card.dataset.state = 'running';
      sentence.textContent = 'Asking…';
      sentence.setAttribute('aria-live', 'polite');
    },

    /** @param {readonly Arrival[]} arrivals @param {readonly Row[]} rows */
    show(arrivals, rows) {
      cells.fill(arrivals, rows);
      table.show(rows);
    },

    /** @param {Verdict} verdict */
    end(verdict) {
      card.dataset.state = 'done';
      if (verdict.gaveUp) cells.cut();
      sentence.textContent = verdict.sentence;
      failures.replaceChildren(...verdict.failures.map(drawFailure));
      wire.textContent = [
        describeWire(verdict.wire),
        verdict.clamped ? 'percore stopped each sum at 5,000,000,000.' : '',
      ]
        .filter(Boolean)
        .join(' ');
    },
  };
}

/** @param {{ text: string, command?: string }} failure */
function drawFailure({ text, command }) {
  const told = element('div', { class: 'failure' }, element('p', {}, text));
  if (command) told.append(commandLine(command, 'what helps'));
  return told;
}

/** @param {{ name: string, line: string }[]} commands @param {string} mode */
function createCommands(commands, mode) {
  const lines = commands.flatMap(({ name, line }) => [
    element('p', { class: 'command-name' }, name),
    commandLine(line, `${name}, ${mode}`),
  ]);
  return element('details', { class: 'commands' }, element('summary', {}, 'The same from a shell'), ...lines);
}

/** @param {Wire | null} wire */
function describeWire(wire) {
  if (!wire) return '';
  const { mostAtOnce, opened } = wire;
  const atOnce =
    mostAtOnce === 1
      ? 'never two requests under way at once'
      : `up to ${mostAtOnce} requests under way at once`;
  const waited =
    opened === 0 ? 'none had to open a connection first' : `${opened} had to open a connection first`;
  return `On the wire: ${atOnce}; ${waited}.`;
}

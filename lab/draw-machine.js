import { element, required } from './build-element.js';
import { arrangeTiles, describePlacement, STATE_WORDS } from './describe-placement.js';
import { lookOf } from './replica-look.js';

/** @import { PlacedReplica, PlacementFile } from '../placement/placement-file.ts' */
/** @import { Tile } from './describe-placement.js' */

const summary = required('machine-summary', HTMLElement);
const freshness = required('machine-freshness', HTMLElement);
const problems = required('machine-problems', HTMLElement);
const list = required('tiles', HTMLElement);

/** How many answers each replica has given in the run that is shown. @type {Map<number, number>} */
const answers = new Map();

/** @param {PlacementFile} placement */
export function drawMachine(placement) {
  summary.textContent = describePlacement(placement);
  const told = placement.problems.map((problem) => element('li', {}, problem));
  problems.replaceChildren(...(told.length > 0 ? [element('ul', { class: 'problems' }, ...told)] : []));
  const { tiles, homeless } = arrangeTiles(placement);
  list.replaceChildren(...tiles.map(drawTile));
  if (homeless.length > 0) list.append(drawHomeless(homeless));
  for (const replica of answers.keys()) drawAnswers(replica);
}

/** @param {{ kind: 'live' | 'paused' } | { kind: 'lost', why: string }} state */
export function drawFreshness(state) {
  const words = {
    live: 'live',
    paused: 'paused while nobody looks',
    lost: state.kind === 'lost' ? `Not up to date: the placement file cannot be read (${state.why}).` : '',
  }[state.kind];
  if (freshness.textContent === words) return;
  freshness.textContent = words;
  freshness.dataset.state = state.kind;
  list.toggleAttribute('data-stale', state.kind === 'lost');
  if (state.kind === 'lost' && list.childElementCount === 0) summary.textContent = '';
}

/** Forgets the answers of the last run. */
export function clearAnswers() {
  answers.clear();
  for (const place of list.querySelectorAll('.answers')) place.textContent = '';
}

/** @param {number} replica */
export function countAnswer(replica) {
  answers.set(replica, (answers.get(replica) ?? 0) + 1);
  drawAnswers(replica);
}

/** @param {number} replica */
function drawAnswers(replica) {
  const count = answers.get(replica);
  const seat = list.querySelector(`[data-replica="${replica}"]`);
  const place = seat?.querySelector('.answers');
  if (!seat || !place) return;
  place.textContent = count === 1 ? '1 answer' : `${count} answers`;
  const badge = seat.querySelector('.badge');
  for (const running of badge?.getAnimations() ?? []) running.cancel();
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
    badge?.animate([{ scale: 1.14 }, { scale: 1 }], { duration: 260, easing: 'ease-out' });
  }
}

/** @param {Tile} tile */
function drawTile({ core, siblings, replicas }) {
  const title = element('h3', {}, 'core ', element('b', {}, String(core)));
  const parts = [title];
  if (siblings.length > 0)
    parts.push(element('p', { class: 'note' }, `half of a physical core, with ${siblings.join(', ')}`));
  if (replicas.length > 1)
    parts.push(element('p', { class: 'note warning' }, `${replicas.length} replicas share it`));
  const seats = replicas.length > 0 ? replicas.map(drawSeat) : [element('p', { class: 'free' }, 'free')];
  return element(
    'li',
    { class: replicas.length > 0 ? 'tile' : 'tile empty', 'data-core': core },
    ...parts,
    ...seats,
  );
}

/** @param {PlacedReplica[]} replicas */
function drawHomeless(replicas) {
  const title = element('h3', {}, 'on no core of its own');
  return element('li', { class: 'tile homeless' }, title, ...replicas.map(drawSeat));
}

/** @param {PlacedReplica} placed */
function drawSeat({ replica, pid, state, problem }) {
  const badge = element(
    'span',
    { class: `badge ${lookOf(replica - 1)}`, 'aria-hidden': 'true' },
    String(replica),
  );
  const process = element('span', { class: 'pid' }, pid === null ? 'no process' : `pid ${pid}`);
  const stands = element('span', { class: 'state', 'data-state': state }, STATE_WORDS[state]);
  const seat = element(
    'div',
    { class: 'seat', 'data-replica': replica },
    badge,
    element('p', {}, element('b', {}, `app-${replica}`), process),
    element('p', {}, stands, element('span', { class: 'answers' })),
  );
  if (problem) seat.append(element('p', { class: 'problem' }, problem));
  return seat;
}

import { required } from './build-element.js';
import { makeCopy } from './copy-button.js';
import { drawByFrame } from './draw-by-frame.js';
import { createCard } from './draw-card.js';
import { clearAnswers, countAnswer, drawFreshness, drawMachine } from './draw-machine.js';
import { drawModes, drawPresets, fillForm, keepInAddress, watchForm } from './form.js';
import { loadModes, originOf } from './load-modes.js';
import { nameOfMode } from './mode-words.js';
import { pollPlacement } from './poll-placement.js';
import { createProgress } from './progress.js';
import { runMode } from './run-mode.js';
import { parseHash, pathOf } from './settings-hash.js';
import { tallyAnswers } from './tally-answers.js';

/** @import { PlacementFile } from '../placement/placement-file.ts' */
/** @import { Arrival } from './run-experiment.js' */
/** @import { Settings } from './settings-hash.js' */

const form = required('form', HTMLFormElement);
const runButton = required('run', HTMLButtonElement);
const caption = required('results-caption', HTMLElement);
const results = required('results', HTMLElement);
const cards = required('cards', HTMLElement);
const progress = createProgress();

/** @type {PlacementFile | null} */
let placement = null;
/** The run that is under way. @type {AbortController | null} */
let running = null;
let anythingRun = false;

pollPlacement({
  onPlacement(latest) {
    placement = latest;
    drawMachine(latest);
  },
  onState: drawFreshness,
});

const { modes, problem } = await loadModes();
required('modes-problem', HTMLElement).textContent = problem;
drawModes(modes);
fillForm(parseHash(location.hash));
prepare(keepInAddress());
drawPresets(() => onChange(keepInAddress()));
makeCopy(required('share', HTMLButtonElement), () => location.href);
watchForm(onChange);
addEventListener('hashchange', () => {
  fillForm(parseHash(location.hash));
  onChange(keepInAddress());
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (running) running.abort();
  else run(keepInAddress());
});

/** What has been seen stays until the next run; before the first one, the page shows what is going to be asked. @param {Settings} settings */
function onChange(settings) {
  if (!anythingRun) prepare(settings);
}

/** @param {Settings} settings */
function prepare(settings) {
  const chosen = modes.filter(({ id }) => settings.mode === 'all' || settings.mode === id);
  const prepared = chosen.map((mode) => createCard(mode, settings, originOf(mode)));
  cards.replaceChildren(...prepared.map((card) => card.element));
  const { requests, atATime, urls } = settings;
  const times = `${requests} request${requests === 1 ? '' : 's'}`;
  const pace = atATime === 1 ? 'one after another' : `${atATime} at a time`;
  caption.textContent = `${times} for ${pathOf(settings)}, ${pace}, ${urls === 'same' ? 'always the same URL' : 'each URL distinct'}.`;
  return prepared;
}

/** @param {Settings} settings */
async function run(settings) {
  running = new AbortController();
  const { signal } = running;
  anythingRun = true;
  runButton.textContent = 'Stop';
  // What is typed for the next run must not keep this one from being stopped.
  runButton.formNoValidate = true;
  clearAnswers();
  const prepared = prepare(settings);
  for (const card of prepared) card.wait('Waiting for its turn.');
  bringIntoView();
  progress.begin(settings.requests * prepared.length);
  try {
    await runCards(prepared, settings, signal);
    progress.end(signal.aborted ? 'Stopped.' : 'Done.');
  } finally {
    running = null;
    runButton.textContent = 'Run';
    runButton.formNoValidate = false;
  }
}

/** One after another. @param {ReturnType<typeof createCard>[]} prepared @param {Settings} settings @param {AbortSignal} signal */
async function runCards(prepared, settings, signal) {
  let before = 0;
  for (const card of prepared) {
    if (signal.aborted) {
      card.wait('Not run.');
      continue;
    }
    card.end(await runCard(card, settings, signal, before));
    before += settings.requests;
  }
}

/** @param {ReturnType<typeof createCard>} card @param {Settings} settings @param {AbortSignal} signal @param {number} before */
async function runCard(card, settings, signal, before) {
  const { mode } = card;
  const drawing = drawByFrame((/** @type {readonly Arrival[]} */ arrivals, fresh) => {
    card.show(arrivals, tallyAnswers(arrivals));
    for (const { outcome } of fresh) {
      if (!('failure' in outcome) && outcome.replica !== null) countAnswer(outcome.replica);
    }
    progress.at(
      before + arrivals.length,
      `${nameOfMode(mode.id)}: ${arrivals.length} of ${settings.requests}`,
    );
  });
  card.begin();
  const verdict = await runMode({
    mode,
    origin: originOf(mode),
    settings,
    signal,
    replicas: () => placement?.replicas.filter(({ listed }) => listed).length ?? null,
    onArrival: drawing.push,
  });
  drawing.flush();
  return verdict;
}

/** On a narrow page the answers stand below the form, where nobody would see them come. */
function bringIntoView() {
  if (results.getBoundingClientRect().top < innerHeight / 2) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  results.scrollIntoView({ block: 'start', behavior: calm ? 'instant' : 'smooth' });
}

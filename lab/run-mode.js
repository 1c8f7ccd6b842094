import { anythingAnswers, ask } from './ask.js';
import { describeRun } from './describe-run.js';
import { explainFailures } from './explain-failures.js';
import { ruleOfMode } from './mode-words.js';
import { runExperiment } from './run-experiment.js';
import { pathOf } from './settings-hash.js';
import { tallyAnswers } from './tally-answers.js';
import { watchWire } from './watch-wire.js';

/** @import { Verdict } from './draw-card.js' */
/** @import { Mode } from './mode-words.js' */
/** @import { Arrival } from './run-experiment.js' */
/** @import { Settings } from './settings-hash.js' */

/**
 * Runs the experiment through one mode, and judges it.
 *
 * @param {{
 *   mode: Mode,
 *   origin: string,
 *   settings: Settings,
 *   signal: AbortSignal,
 *   replicas: () => number | null,
 *   onArrival: (arrivals: readonly Arrival[]) => void,
 * }} run `replicas` counts those that could have answered, once the run is over
 * @returns {Promise<Verdict>}
 */
export async function runMode({ mode, origin, settings, signal, replicas, onArrival }) {
  const { requests, atATime, urls } = settings;
  const rule = ruleOfMode(mode);
  const path = pathOf(settings);
  const wireWatch = watchWire(origin, path);
  /** @type {Arrival[]} */
  const arrivals = [];

  const end = await runExperiment(
    { requests, atATime, signal },
    () =>
      ask(urls === 'same' ? `${origin}${path}` : `${origin}${path}?request=${randomName()}`, {
        credentials: credentialsFor(mode),
        signal,
      }),
    (arrival) => {
      arrivals.push(arrival);
      onArrival(arrivals);
    },
  );

  const wire = await wireWatch.end(arrivals.length);
  const rows = tallyAnswers(arrivals);
  const failures = arrivals.flatMap(({ outcome }) => ('failure' in outcome ? [outcome] : []));
  const answers = arrivals.length - failures.length;
  const reachable = answers === 0 && failures.length > 0 && (await anythingAnswers(origin));
  return {
    sentence: describeRun({
      rule,
      arrivals,
      rows,
      requests,
      atATime,
      urls,
      stopped: end.stopped,
      replicas: rule === 'cluster' ? null : replicas(),
      wire,
    }),
    failures: explainFailures({ failures, answers, port: portOf(origin), rule, reachable }),
    wire: answers === 0 ? null : wire,
    gaveUp: end.gaveUp,
    clamped: arrivals.some(({ outcome }) => 'clamped' in outcome && outcome.clamped),
  };
}

/**
 * Cookies go only where they are what is looked at: on the page's own port, whose rule may be a cookie too, and on
 * the cookie's. (They know no ports: everywhere else they would be noise.)
 *
 * @param {Mode} mode
 * @returns {RequestCredentials}
 */
function credentialsFor({ id }) {
  if (id === 'main') return 'same-origin';
  return id === 'cookie' ? 'include' : 'omit';
}

/** @param {string} origin */
function portOf(origin) {
  return Number(new URL(origin).port || 80);
}

function randomName() {
  return Math.random().toString(36).slice(2, 10);
}

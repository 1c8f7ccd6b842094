import { keyOf } from './tally-answers.js';

/** @import { Rule } from './mode-words.js' */
/** @import { Arrival } from './run-experiment.js' */
/** @import { Row } from './tally-answers.js' */
/** @import { Wire } from './watch-wire.js' */

/**
 * What is known of a run when it has ended.
 *
 * @typedef {{
 *   rule: Rule,
 *   arrivals: readonly Arrival[],
 *   rows: readonly Row[],
 *   requests: number,
 *   atATime: number,
 *   urls: 'distinct' | 'same',
 *   stopped: boolean,
 *   replicas: number | null,
 *   wire: Wire | null,
 * }} Run `replicas` is how many could have answered, null where nobody can say
 */

/**
 * Says in words what was seen, and what of the mode explains it. It claims nothing that the answers do not show.
 *
 * @param {Run} run
 * @returns {string}
 */
export function describeRun(run) {
  const sentences = [whoAnswered(run), ...queued(run), ...restarted(run), ...stopped(run)];
  return sentences.join(' ');
}

/** @param {Run} run */
function whoAnswered(run) {
  const [first, second] = run.rows;
  if (!first) return 'No answer came.';
  if (second) return manyAnswered(run);
  if (first.count === 1) return `The one answer came from ${first.label}.`;
  const all = first.count === 2 ? 'Both' : `All ${first.count}`;
  return `${all} answers came from ${first.label}${whyOne(run)}.`;
}

/** @param {Run} run */
function whyOne(run) {
  if (run.replicas === 1) return ': there is no other replica';
  switch (run.rule) {
    case 'ip_hash':
      return ': this mode keyed on your address';
    case 'cookie':
      return ': the cookie that it set led back to it';
    case 'per_connection':
      return `: ${keptConnection(run)}, and a connection stays with its replica`;
    case 'cluster':
      return `: ${keptConnection(run)}, and a connection stays with its worker`;
    case 'round_robin':
      return ', although this mode takes turns: nobody else was ready';
    case 'least_conn':
      return ', although this mode spreads: nobody else was ready';
    default:
      return ': something on the way kept to it';
  }
}

/** @param {Run} run */
function keptConnection({ atATime, wire }) {
  const one = wire ? wire.opened <= 1 && wire.mostAtOnce === 1 : atATime === 1;
  return one ? 'the browser kept to one connection' : 'all of the browser’s connections led to it';
}

/** @param {Run} run */
function manyAnswered(run) {
  const { rule, rows } = run;
  const counts = rows.map(({ count }) => count);
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  const who = howMany(run);
  const each = `${least === most ? '' : `${least} ${most - least === 1 ? 'or' : 'to'} `}${most} ${most === 1 ? 'answer' : 'answers'} each`;
  switch (rule) {
    case 'round_robin':
      return most - least <= 1
        ? `${who} took turns: ${each}.`
        : `${who} took turns, ${each}: other clients’ requests, and replicas that come or go, take turns too.`;
    case 'least_conn':
      return `${who} shared the work, ${each}: a request went to whoever had the fewest under way.`;
    case 'ip_hash':
      return `${who} answered, ${each}, although this mode keys on your address: the replica that it chose was away, or their number changed.`;
    case 'cookie':
      return settled(run) ?? `${who} answered, ${each}: no cookie led back to one of them.`;
    case 'per_connection':
      return `${who} answered, ${each}: the browser used several connections, and each stays with its replica.`;
    case 'cluster':
      return `${who} answered, ${each}: the browser used several connections, and each stays with its worker.`;
    default:
      return `${who} answered, ${each}.`;
  }
}

/** @param {Run} run */
function howMany({ rule, rows, replicas }) {
  if (rule === 'cluster') return `${rows.length} workers`;
  return replicas !== null && replicas > rows.length
    ? `${rows.length} of ${replicas} replicas`
    : `${rows.length} replicas`;
}

/**
 * With a cookie: from where on one replica gave all the answers, if it was at least half of them.
 *
 * @param {Run} run
 */
function settled({ arrivals, atATime }) {
  const answers = arrivals.flatMap(({ outcome }) => ('failure' in outcome ? [] : [keyOf(outcome)]));
  const last = answers.at(-1);
  const before = answers.findLastIndex((key) => key !== last) + 1;
  if (before > answers.length / 2) return null;
  const rest = `the other ${answers.length - before} all came from ${last}`;
  // Requests sent before the first answers had come had no cookie to bring, and each of those answers set another.
  return atATime > 1 && before <= 3 * atATime
    ? `The first ${before === 1 ? 'was' : `${before} were`} asked for before the cookie had settled; ${rest}.`
    : `After ${before === 1 ? 'one answer' : `${before} answers`} the cookie led elsewhere: ${rest}.`;
}

/** @param {Run} run */
function queued({ urls, atATime, requests, wire }) {
  const could = Math.min(atATime, requests);
  if (urls !== 'same' || could < 2 || wire?.mostAtOnce !== 1) return [];
  return [
    'Their URL was the same, so they waited for each other in the browser’s cache: never two under way at once.',
  ];
}

/** @param {Run} run */
function restarted({ rows }) {
  return rows
    .filter(({ pids }) => pids.length > 1)
    .map(({ label, pids }) => `${label} was started anew on the way: its PID was ${pids.join(', then ')}.`);
}

/** @param {Run} run */
function stopped({ stopped: wasStopped, arrivals, requests }) {
  return wasStopped && arrivals.length < requests ? [`Stopped after ${arrivals.length} of ${requests}.`] : [];
}

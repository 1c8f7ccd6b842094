import { START_CLUSTER } from './mode-words.js';

/** @import { Failure } from './read-answer.js' */

/** @type {Record<number, string>} */
const STATUS_WORDS = {
  400: 'not understood',
  403: 'forbidden',
  404: 'not found',
  429: 'too many requests',
  500: 'the server failed',
  502: 'the replica behind Nginx gave no answer',
  503: 'nobody was free to answer, or no replica is ready',
  504: 'the replica took too long',
};

/**
 * Tells in words why requests of a run were not answered, each reason once. `command` is what would help.
 *
 * @param {{ failures: readonly Failure[], answers: number, port: number, rule: string, reachable: boolean }} run
 *   `reachable`: something answers on that port, though not to this page
 * @returns {{ text: string, command?: string }[]}
 */
export function explainFailures({ failures, answers, port, rule, reachable }) {
  if (failures.length === 0) return [];
  const broken = failures.filter(({ failure }) => failure === 'network').length;
  if (broken > 0 && answers === 0 && !reachable) return [explainClosedPort(port, rule)];
  /** @type {Map<string, number>} */
  const reasons = new Map();
  for (const failure of failures) {
    const reason = reachable && answers === 0 ? UNREAD : reasonOf(failure);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons].map(([reason, count]) => ({
    text: `${count === 1 ? 'One request' : `${count} requests`} ${reason}.`,
  }));
}

const UNREAD =
  'went unread: the port answers, but without leave for this page to read it (Access-Control-Allow-Origin)';

/** @param {Failure} failure */
function reasonOf({ failure, status, detail }) {
  if (failure === 'network')
    return 'got no answer: the connection broke, as it does when a replica goes away with a request in its hands, or when the browser sees a network come or go (Docker makes some)';
  if (failure === 'unreadable') return `got an answer that makes no sense here: ${detail}`;
  const words = detail ?? STATUS_WORDS[Number(status)] ?? 'no reason was given';
  return `came back with status ${status}: ${words.replace(/\.$/, '')}`;
}

/** @param {number} port @param {string} rule */
function explainClosedPort(port, rule) {
  return rule === 'cluster'
    ? {
        text: `Nothing answers on port ${port}. The tutorial’s own server runs only when it is asked for:`,
        command: START_CLUSTER,
      }
    : {
        text: `Nothing answers on port ${port}. Is the stack running? This starts it:`,
        command: 'npm start',
      };
}

/**
 * How a mode chooses who answers: a mode's own id, except for the main port, whose rule stands in sticky.conf.
 *
 * @typedef {'round_robin' | 'least_conn' | 'ip_hash' | 'cookie' | 'per_connection' | 'cluster' | 'unknown'} Rule
 */

/**
 * An entry of modes.json.
 *
 * @typedef {{ id: string, port: number, sticky?: string, optional?: boolean }} Mode
 */

/** @type {Record<string, { name: string, promise: string }>} */
const WORDS = {
  all: { name: 'All, side by side', promise: '' },
  main: { name: 'Main port', promise: 'Does what nginx/sticky.conf says.' },
  round_robin: { name: 'Round robin', promise: 'Requests are dealt out in turn.' },
  least_conn: { name: 'Least connections', promise: 'A request goes to whoever has the fewest under way.' },
  ip_hash: { name: 'Address hash', promise: 'The first three octets of your address choose.' },
  cookie: { name: 'Sticky cookie', promise: 'The first answer sets a cookie that leads back.' },
  per_connection: { name: 'Per connection', promise: 'A connection is dealt out; its requests follow.' },
  cluster: { name: 'Node’s cluster', promise: 'The tutorial’s own server, as the control.' },
};

/** @type {Record<string, Rule>} */
const RULES = {
  off: 'round_robin',
  round_robin: 'round_robin',
  least_conn: 'least_conn',
  ip_hash: 'ip_hash',
  cookie: 'cookie',
  per_connection: 'per_connection',
  cluster: 'cluster',
};

/** @param {string} id */
export function nameOfMode(id) {
  return WORDS[id]?.name ?? id;
}

/** What the mode promises, in a sentence. @param {Mode} mode */
export function promiseOfMode(mode) {
  const rule = ruleOfMode(mode);
  const promise = WORDS[mode.id]?.promise ?? '';
  if (mode.id !== 'main' || rule === 'unknown') return promise;
  return `${promise.slice(0, -1)}: ${rule === 'round_robin' ? 'nothing, so round robin' : rule}.`;
}

/** @param {Mode} mode @returns {Rule} */
export function ruleOfMode({ id, sticky }) {
  return RULES[id === 'main' ? (sticky ?? '') : id] ?? 'unknown';
}

/** What a person types to start what does not run by itself. */
export const START_CLUSTER = 'docker compose --profile baseline up --detach';

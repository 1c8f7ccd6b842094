import { baseUrl, words } from './settings.js';

/**
 * What a mode promises to one client that sends several requests:
 * - `spreads`: they are answered by more than one replica (when there is more than one).
 * - `sticks`: they are all answered by the same one.
 * - `sticks to a connection`: no more replicas than the client has connections.
 * - `nothing`.
 *
 * @typedef {'spreads' | 'sticks' | 'sticks to a connection' | 'nothing'} Promise
 * @typedef {{ mode: string, url: string, promise: Promise }} Target
 */

/**
 * The ports inside Nginx's container, and outside unless they were published under other numbers.
 *
 * @type {Record<string, { port: number, promise: Promise }>}
 */
const MODES = {
  round_robin: { port: 8081, promise: 'spreads' },
  least_conn: { port: 8082, promise: 'nothing' },
  ip_hash: { port: 8083, promise: 'sticks' },
  cookie: { port: 8084, promise: 'sticks' },
  per_connection: { port: 8085, promise: 'sticks to a connection' },
  cluster: { port: 8090, promise: 'sticks to a connection' },
};

/** The control runs only where it has been started, so it has to be asked for. */
const ALWAYS_ON = Object.keys(MODES).filter((mode) => mode !== 'cluster');

/**
 * Where the load goes: the modes that MODES names, on the host of BASE_URL, or BASE_URL itself for `this`.
 *
 * @returns {Target[]}
 */
export function targets() {
  const wanted = words('MODES', { fallback: ALWAYS_ON, allowed: ['this', ...Object.keys(MODES)] });
  return wanted.map((mode) => {
    const known = MODES[mode];
    if (!known) return { mode, url: baseUrl, promise: 'nothing' };
    const host = baseUrl.replace(/:\d+$/, '');
    return { mode, url: `${host}:${known.port}`, promise: known.promise };
  });
}

import { check } from 'k6';
import http from 'k6/http';
import { countFailure } from './failure-table.js';
import { countReplica } from './replica-table.js';
import { baseUrl } from './settings.js';

/** How each route's answer begins. */
const BEGINNINGS = { hello: 'Hello World!', pid: 'Which PID handled this process: ', sum: 'Final count is ' };

/**
 * A GET that is counted for the replica that answered it, or for what went wrong.
 *
 * @param {keyof typeof BEGINNINGS} route
 * @param {{ path?: string, tags?: Record<string, string>, timeout?: string }} [how]
 */
export function ask(route, { path = '/pid', tags = {}, timeout = '60s' } = {}) {
  const name = route === 'sum' ? '/api/:n' : path;
  const response = http.get(`${baseUrl}${path}`, { tags: { route, name, ...tags }, timeout });
  countReplica(response);
  countFailure(response);
  check(response, {
    'answered with 200': ({ status }) => status === 200,
    'with the right words': ({ body }) => String(body).startsWith(BEGINNINGS[route]),
  });
  return response;
}

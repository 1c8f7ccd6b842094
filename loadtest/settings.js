/**
 * What is thrown for a wrong value: text alone, as k6 shows an Error with its trace.
 *
 * @param {string} name
 * @param {string} rule
 * @param {string} text
 * @param {string} fix
 */
function wrong(name, rule, text, fix) {
  return `${name} ${rule}, but is ${JSON.stringify(text.slice(0, 80))}: ${fix}.`;
}

/**
 * A whole number from k6's environment (`k6 run -e NAME=value`, or the shell's own).
 *
 * @param {string} name
 * @param {{ fallback: number, least: number, most: number }} rule
 * @returns {number}
 * @throws {string} naming the variable, the value, what it may be and the fix
 */
export function wholeNumber(name, { fallback, least, most }) {
  const text = __ENV[name];
  if (text === undefined || text === '') return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw wrong(name, `must be a whole number from ${least} to ${most}`, text, `leave it out for ${fallback}`);
}

/**
 * A list of words, separated by commas, in the order of `allowed`.
 *
 * @template {string} Word
 * @param {string} name
 * @param {{ fallback: readonly Word[], allowed: readonly Word[] }} rule
 * @returns {Word[]}
 * @throws {string} naming the variable, the value, what it may be and the fix
 */
export function words(name, { fallback, allowed }) {
  const text = __ENV[name];
  if (text === undefined || text === '') return [...fallback];
  const wanted = text.split(',').map((word) => word.trim());
  const unknown = wanted.find((word) => !allowed.some((known) => known === word));
  if (unknown === undefined) return allowed.filter((word) => wanted.includes(word));
  throw wrong(name, `must name some of ${allowed.join(',')}`, text, `leave it out for ${fallback.join(',')}`);
}

/**
 * The path that is asked for. (Not PATH: the shell has a variable of that name.)
 *
 * @returns {string}
 * @throws {string} when PATHNAME is none of the routes
 */
export function pathname() {
  const text = __ENV.PATHNAME || '/pid';
  if (/^\/(?:pid|api\/\d{1,20})?$/.test(text)) return text;
  throw wrong('PATHNAME', 'must be /, /pid or /api/ and digits', text, 'leave it out for /pid');
}

/**
 * An address of HTTP from k6's environment.
 *
 * @param {string} name
 * @param {{ fallback: string, rule: string, pattern: RegExp }} how
 * @returns {string}
 * @throws {string} naming the variable, the value, what it may be and the fix
 */
export function address(name, { fallback, rule, pattern }) {
  const text = __ENV[name] || fallback;
  if (pattern.test(text)) return text;
  throw wrong(name, rule, text, `leave it out for ${fallback}`);
}

/** Where the load goes: the main port, unless BASE_URL names another. */
export const baseUrl = address('BASE_URL', {
  fallback: 'http://127.0.0.1:8080',
  rule: 'must be http://, a host and perhaps a port',
  pattern: /^https?:\/\/(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?\/*$/i,
}).replace(/\/+$/, '');

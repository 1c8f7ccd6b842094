/**
 * A whole number from k6's environment (`k6 run -e NAME=value`, or the shell's own).
 *
 * @param {string} name
 * @param {{ fallback: number, least: number, most: number }} rule
 * @returns {number}
 * @throws {Error} naming the variable, the value and what it may be
 */
export function wholeNumber(name, { fallback, least, most }) {
  const text = __ENV[name];
  if (text === undefined || text === '') return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, and is "${text}"`);
}

/**
 * A list of words, separated by commas, in the order of `allowed`.
 *
 * @template {string} Word
 * @param {string} name
 * @param {{ fallback: readonly Word[], allowed: readonly Word[] }} rule
 * @returns {Word[]}
 * @throws {Error} naming the variable, the value and what it may be
 */
export function words(name, { fallback, allowed }) {
  const text = __ENV[name];
  if (text === undefined || text === '') return [...fallback];
  const wanted = text.split(',').map((word) => word.trim());
  const unknown = wanted.find((word) => !allowed.some((known) => known === word));
  if (unknown === undefined) return allowed.filter((word) => wanted.includes(word));
  throw new Error(`${name} must name some of ${allowed.join(',')}, and has "${unknown}"`);
}

/**
 * The path that is asked for. (Not PATH: the shell has a variable of that name.)
 *
 * @returns {string}
 * @throws {Error} when PATHNAME is none of the routes
 */
export function pathname() {
  const text = __ENV.PATHNAME || '/pid';
  if (/^\/(?:pid|api\/\d{1,20})?$/.test(text)) return text;
  throw new Error(`PATHNAME must be /, /pid or /api/ and digits, and is "${text}"`);
}

/** Where the load goes: the main port, unless BASE_URL names another. */
export const baseUrl = (__ENV.BASE_URL || 'http://127.0.0.1:8080').replace(/\/+$/, '');

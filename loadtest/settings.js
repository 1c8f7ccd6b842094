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

/** Where the load goes: the main port, unless BASE_URL names another. */
export const baseUrl = (__ENV.BASE_URL || 'http://127.0.0.1:8080').replace(/\/+$/, '');

/**
 * What a run is to do. `n` stays text: it may have more digits than a number holds exactly.
 *
 * @typedef {{
 *   mode: string,
 *   requests: number,
 *   atATime: number,
 *   route: '/pid' | '/api',
 *   n: string,
 *   urls: 'distinct' | 'same',
 * }} Settings
 */

export const MOST_REQUESTS = 1000;
export const MOST_AT_A_TIME = 50;

/** The puzzle itself: one tab that reloads, over and over. `all` is every mode. @type {Readonly<Settings>} */
export const DEFAULT_SETTINGS = {
  mode: 'all',
  requests: 60,
  atATime: 1,
  route: '/pid',
  n: '10000000',
  urls: 'distinct',
};

/** The path that is asked for. @param {Settings} settings @returns {string} */
export function pathOf({ route, n }) {
  return route === '/pid' ? '/pid' : `/api/${n}`;
}

/** @param {Settings} settings @returns {string} with its `#` */
export function formatHash(settings) {
  const { mode, requests, atATime, urls } = settings;
  return `#mode=${mode}&requests=${requests}&at-a-time=${atATime}&path=${pathOf(settings)}&urls=${urls}`;
}

/**
 * Reads an address that somebody may have typed: what is missing or makes no sense is as if it had not been said.
 *
 * @param {string} hash
 * @returns {Settings}
 */
export function parseHash(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const path = /^(?:\/pid|\/api\/(\d{1,20}))$/.exec(given.get('path') ?? '');
  const mode = given.get('mode') ?? '';
  return {
    mode: /^[a-z_]+$/.test(mode) ? mode : DEFAULT_SETTINGS.mode,
    requests: wholeNumber(given.get('requests'), MOST_REQUESTS) ?? DEFAULT_SETTINGS.requests,
    atATime: wholeNumber(given.get('at-a-time'), MOST_AT_A_TIME) ?? DEFAULT_SETTINGS.atATime,
    route: path?.[1] === undefined ? '/pid' : '/api',
    n: path?.[1] ?? DEFAULT_SETTINGS.n,
    urls: given.get('urls') === 'same' ? 'same' : 'distinct',
  };
}

/** @param {string | null} text @param {number} most */
function wholeNumber(text, most) {
  if (!text || !/^\d{1,6}$/.test(text) || Number(text) < 1) return undefined;
  return Math.min(Number(text), most);
}

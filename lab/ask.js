import { readAnswer } from './read-answer.js';

/** @import { Answer, Failure } from './read-answer.js' */

/**
 * Sends one request, and makes an answer or a failure of whatever comes of it.
 *
 * The cache is left in its default mode: that requests for one URL wait for each other there is part of what the page
 * is to show.
 *
 * @param {string} url
 * @param {{ credentials: RequestCredentials, signal: AbortSignal }} how
 * @returns {Promise<Answer | Failure>}
 * @throws {DOMException} AbortError, when the signal says so
 */
export async function ask(url, { credentials, signal }) {
  try {
    const response = await fetch(url, { headers: { accept: 'application/json' }, credentials, signal });
    return readAnswer(response.status, await response.text(), response.headers);
  } catch (error) {
    if (signal.aborted) throw error;
    return { failure: 'network' };
  }
}

/**
 * Whether anything answers there. The browser tells a page no more of a failure than that it failed; a request whose
 * answer the page promises not to look at tells a closed port from a server that gives this page no leave to read.
 *
 * @param {string} origin
 */
export async function anythingAnswers(origin) {
  try {
    await fetch(`${origin}/favicon.ico`, { mode: 'no-cors', credentials: 'omit', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}

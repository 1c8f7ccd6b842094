/** @import { Answer, Failure } from './read-answer.js' */

/** After so many failures in a row without any answer before them, nobody is there to be asked. */
const ENOUGH_FAILURES = 3;

/**
 * One answer or failure, in order of arrival.
 *
 * @typedef {{ order: number, milliseconds: number, outcome: Answer | Failure }} Arrival
 */

/**
 * Asks `requests` times, `atATime` requests under way at once, as long as it is not stopped and somebody answers.
 *
 * @param {{ requests: number, atATime: number, signal: AbortSignal }} settings
 * @param {(order: number) => Promise<Answer | Failure>} askOnce rejects only when the signal has stopped the run
 * @param {(arrival: Arrival) => void} onArrival
 * @returns {Promise<{ stopped: boolean, gaveUp: boolean }>}
 */
export async function runExperiment({ requests, atATime, signal }, askOnce, onArrival) {
  let asked = 0;
  let answered = false;
  let failures = 0;
  const gaveUp = () => !answered && failures >= ENOUGH_FAILURES;

  const askInTurn = async () => {
    while (asked < requests && !signal.aborted && !gaveUp()) {
      const order = asked;
      asked += 1;
      const began = performance.now();
      const outcome = await askOnce(order).catch((error) => {
        if (signal.aborted) return null;
        throw error;
      });
      if (!outcome) return;
      if ('failure' in outcome) failures += 1;
      else answered = true;
      onArrival({ order, milliseconds: performance.now() - began, outcome });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, requests) }, askInTurn));
  return { stopped: signal.aborted, gaveUp: gaveUp() };
}

/**
 * Who answered. Replicas of percore have a number; the cluster's workers have only a PID.
 *
 * @typedef {{ pid: number, replica: number | null, core: number | null, clamped: boolean }} Answer
 *
 * - `network`: no answer at all;
 * - `unreadable`: an answer that this page may not read or cannot make sense of;
 * - `status`: an answer that says no.
 *
 * @typedef {{ failure: 'network' | 'unreadable' | 'status', status?: number, detail?: string }} Failure
 */

/**
 * Reads an answer of percore (JSON or a line of text, signed in its headers), of the tutorial's server (a line of text
 * alone), or a problem body (RFC 9457).
 *
 * @param {number} status
 * @param {string} body
 * @param {Pick<Headers, 'get'>} headers
 * @returns {Answer | Failure}
 */
export function readAnswer(status, body, headers) {
  const data = parseObject(body);
  if (status !== 200) {
    const detail = [data?.detail, data?.title].find((text) => typeof text === 'string');
    return { failure: 'status', status, ...(detail !== undefined && { detail: String(detail) }) };
  }
  const pid = data?.pid ?? LINE.exec(body)?.[1];
  if (!/^\d+$/.test(String(pid))) {
    return { failure: 'unreadable', detail: 'it is neither percore’s answer nor the tutorial’s' };
  }
  return {
    pid: Number(pid),
    replica: wholeOrNull(data?.replica ?? headers.get('x-replica')),
    core: wholeOrNull(data?.core ?? headers.get('x-core')),
    clamped: data?.clamped === true,
  };
}

/** What the tutorial's routes say. */
const LINE = /^(?:Which PID handled this process|Final count is \S+ at pid): (\d+)\s*$/;

/** @param {string} text @returns {Record<string, unknown> | null} */
function parseObject(text) {
  try {
    const data = JSON.parse(text);
    return typeof data === 'object' ? data : null;
  } catch {
    return null;
  }
}

/** @param {unknown} value */
function wholeOrNull(value) {
  return /^\d+$/.test(String(value)) ? Number(value) : null;
}

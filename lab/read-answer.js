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
 * Reads an answer of percore (JSON), of the tutorial's server (a line of text), or a problem body (RFC 9457).
 *
 * @param {number} status
 * @param {string} body
 * @returns {Answer | Failure}
 */
export function readAnswer(status, body) {
  const data = parseObject(body);
  if (status !== 200) {
    const detail = [data?.detail, data?.title].find((text) => typeof text === 'string');
    return { failure: 'status', status, ...(detail !== undefined && { detail: String(detail) }) };
  }
  if (data && Number.isInteger(data.pid)) {
    return {
      pid: Number(data.pid),
      replica: wholeOrNull(data.replica),
      core: wholeOrNull(data.core),
      clamped: data.clamped === true,
    };
  }
  const pid = /^(?:Which PID handled this process|Final count is \S+ at pid): (\d+)\s*$/.exec(body)?.[1];
  if (pid) return { pid: Number(pid), replica: null, core: null, clamped: false };
  return { failure: 'unreadable', detail: 'it is neither percore’s answer nor the tutorial’s' };
}

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
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}

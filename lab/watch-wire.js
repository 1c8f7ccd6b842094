/**
 * What the browser did with the requests of a run, as Resource Timing tells it.
 *
 * @typedef {{ mostAtOnce: number, opened: number, requests: number }} Wire
 */

/** How long entries may take to be told after the last answer has been read, in milliseconds. */
const PATIENCE = 500;

/**
 * Watches the requests to one origin from now on.
 *
 * @param {string} origin
 * @param {string} path requests for other paths are none of the run's
 */
export function watchWire(origin, path) {
  /** @type {PerformanceResourceTiming[]} */
  const entries = [];
  /** @type {() => void} */
  let onEntries = () => {};
  /** @param {PerformanceEntryList} list */
  const keep = (list) => {
    for (const entry of list) {
      const { origin: entryOrigin, pathname } = new URL(entry.name);
      if (entryOrigin === origin && pathname === path)
        entries.push(/** @type {PerformanceResourceTiming} */ (entry));
    }
    onEntries();
  };
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ type: 'resource' });

  return {
    /**
     * Ends the watch once as many entries have come as answers have.
     *
     * @param {number} answers
     * @returns {Promise<Wire | null>}
     */
    async end(answers) {
      await new Promise((resolve) => {
        onEntries = () => {
          if (entries.length >= answers) resolve(undefined);
        };
        setTimeout(resolve, PATIENCE);
        keep(observer.takeRecords());
      });
      observer.disconnect();
      return readWire(entries);
    },
  };
}

/**
 * How many requests waited for their answers at once, at most, and how many connections were opened for them.
 *
 * @param {Pick<PerformanceResourceTiming,
 *   'fetchStart' | 'connectStart' | 'connectEnd' | 'requestStart' | 'responseStart'>[]} entries
 * @returns {Wire | null} null where the server does not let the page know (no Timing-Allow-Origin)
 */
export function readWire(entries) {
  const told = entries.filter(({ requestStart, responseStart }) => requestStart > 0 && responseStart > 0);
  if (told.length === 0) return null;
  // An answer that ends at the very moment when the next request begins does not overlap it: ends sort first.
  const moments = told.flatMap(({ requestStart, responseStart }) => [
    { at: requestStart, change: 1 },
    { at: responseStart, change: -1 },
  ]);
  moments.sort((one, other) => one.at - other.at || one.change - other.change);
  let underWay = 0;
  let mostAtOnce = 0;
  for (const { change } of moments) {
    underWay += change;
    mostAtOnce = Math.max(mostAtOnce, underWay);
  }
  const opened = told.filter(
    ({ fetchStart, connectStart, connectEnd }) => connectEnd > connectStart || connectStart > fetchStart,
  ).length;
  return { mostAtOnce, opened, requests: told.length };
}

/** One run of the benchmark: what it starts carries its mark, so that it can be found and removed. */
export const SESSION = `percore-bench-${process.pid}`;
export const SESSION_LABEL = 'percore.bench';

/** Aborted when the run is to end early: Ctrl-C, or `kill`. */
const stop = new AbortController();
export const stopped = stop.signal;

export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** From now on the first SIGINT or SIGTERM ends the run in order, and the next ones wait for that. */
export function stopOnSignals(onStop: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) return;
      stop.abort(new StoppedError(`stopped by ${signal}`));
      onStop();
    });
  }
}

export interface PassQueue {
  /** Asks for a pass: soon, or after the one that is under way. Any number of askings in between are one. */
  readonly trigger: () => void;
  /** Takes no more triggers. @returns when no pass is under way. */
  readonly stop: () => Promise<void>;
}

/**
 * Runs passes one at a time.
 * @param run must not reject.
 * @param gatherMs how long triggers are gathered before a pass, in milliseconds.
 * @param everyMs longest pause between two passes, in milliseconds.
 */
export function queuePasses(run: () => Promise<void>, gatherMs: number, everyMs: number): PassQueue {
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let current: Promise<void> | null = null;
  let asked = false;
  let stopped = false;

  const schedule = (ms: number) => {
    const at = performance.now() + ms;
    if (stopped || at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(start, ms);
  };
  const start = () => {
    due = Number.POSITIVE_INFINITY;
    asked = false;
    current = run().finally(() => {
      current = null;
      schedule(asked ? gatherMs : everyMs);
    });
  };
  return {
    trigger() {
      if (current) asked = true;
      else schedule(gatherMs);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}

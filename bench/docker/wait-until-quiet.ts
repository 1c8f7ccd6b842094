import { setTimeout as delay } from 'node:timers/promises';
import { stopped } from '../session.ts';
import { type Account, readCpuSeconds } from './read-usage.ts';

/** Milliseconds. */
const LOOK = 150;
const LONGEST = 60_000;

/** Less than this share of one core counts as quiet. */
const QUIET = 0.05;

/** Waits for what still runs of the work before: the tutorial's loop goes on when its client has left. */
export async function waitUntilQuiet(accounts: readonly Account[]): Promise<void> {
  const end = performance.now() + LONGEST;
  let [before, at] = [await readCpuSeconds(accounts), performance.now()];
  while (performance.now() < end) {
    stopped.throwIfAborted();
    await delay(LOOK);
    const [used, now] = [await readCpuSeconds(accounts), performance.now()];
    if ((used - before) / ((now - at) / 1000) < QUIET) return;
    [before, at] = [used, now];
  }
}

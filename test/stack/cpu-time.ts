import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * The CPU time that a process's first thread has used so far, in milliseconds, exact to the nanosecond (clock ticks are
 * 10 ms): the first field of `/proc/<pid>/schedstat`. A server's loop runs on that thread.
 */
export async function cpuMilliseconds(pid: number): Promise<number> {
  const [nanoseconds = ''] = (await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ');
  return Number(nanoseconds) / 1e6;
}

/** What an idle server uses in the time watched below: its look at the placement file, a health check. */
const IDLE_MILLISECONDS = 5;
const WATCHED_MILLISECONDS = 600;

/** Watches a process's first thread from now on. @returns after how many milliseconds it used the CPU for the last time */
export async function millisecondsUntilQuiet(pid: number): Promise<number> {
  const begin = performance.now();
  const samples: { at: number; used: number }[] = [];
  while (performance.now() - begin < WATCHED_MILLISECONDS) {
    const used = await cpuMilliseconds(pid);
    samples.push({ at: performance.now() - begin, used });
    await delay(2);
  }
  const total = samples.at(-1)?.used ?? 0;
  return samples.find(({ used }) => total - used < IDLE_MILLISECONDS)?.at ?? WATCHED_MILLISECONDS;
}

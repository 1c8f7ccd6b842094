import { readdirSync, readFileSync } from 'node:fs';
import type { Stack } from './start-stack.ts';
import { until } from './until.ts';

/**
 * `kill -9` of all of these at once. When it returns the kernel has ended them, and no turn of the event loop was in
 * between: what the caller has sent by then is all that can be lost.
 */
export function killNow(...pids: number[]): void {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  while (pids.some(isAlive));
}

/** Kills replicas by their numbers. @returns the PIDs they had. */
export async function killReplicas(stack: Stack, numbers: readonly number[]): Promise<number[]> {
  const pids: number[] = [];
  for (const number of numbers) pids.push((await stack.replica(number)).pid as number);
  killNow(...pids);
  return pids;
}

/** Waits until they serve again, with other PIDs. */
export async function untilBack(stack: Stack, numbers: readonly number[], pids: number[]): Promise<void> {
  await until('those that were killed serve again', async () => {
    const { replicas } = await stack.placement();
    return numbers.every((number) => {
      const now = replicas.find(({ replica }) => replica === number);
      return now?.state === 'serving' && !pids.includes(now.pid as number);
    });
  });
}

/** A dead process may stay in the list until its parent asks for it, but its last thread took its sockets along. */
function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/\) [ZX] /.test(stat) || readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false;
  }
}

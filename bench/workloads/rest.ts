import { setTimeout as delay } from 'node:timers/promises';
import type { PercoreServer } from '../contenders/start-percore.ts';
import { type Account, openAccounts, readCpuSeconds, readResidentBytes } from '../docker/read-usage.ts';

/** A health check comes every 30 s; shorter than two of them, and their share would be left to chance. */
export const REST_SECONDS = 62;

export interface Rest {
  /** Waits until the stack has rested for long enough, and says what it used. */
  end(): Promise<Record<string, number>>;
}

/** What a stack uses that nobody asks anything: measured while others are under load. */
export async function startRest(stack: PercoreServer): Promise<Rest> {
  const accounts = await openAccounts(await stack.containers());
  const replicas = new Set(await stack.containersOf('app'));
  const startedAt = performance.now();
  const before = await readCpuSeconds(accounts);
  return {
    end: async () => {
      await delay(Math.max(0, startedAt + REST_SECONDS * 1000 - performance.now()));
      const used = (await readCpuSeconds(accounts)) - before;
      const seconds = (performance.now() - startedAt) / 1000;
      const isReplica = ({ container }: Account) => replicas.has(container);
      const ofReplicas = await megabytes(accounts.filter(isReplica));
      const gate = new Set(await stack.containersOf('gate'));
      const rest = accounts.filter((each) => !isReplica(each) && !gate.has(each.container));
      return {
        replicaMegabytes: Math.max(...ofReplicas),
        restMegabytes: (await megabytes(rest)).reduce((sum, each) => sum + each, 0),
        gateMegabytes: (await megabytes(accounts.filter((each) => gate.has(each.container))))[0] ?? 0,
        cpuPercent: (100 * used) / seconds / replicas.size,
        seconds,
      };
    },
  };
}

/** Resident memory of each container, in megabytes of 1,000,000 bytes. */
async function megabytes(accounts: readonly Account[]): Promise<number[]> {
  const each = await Promise.all(accounts.map(readResidentBytes));
  return each.map((processes) => processes.reduce((sum, bytes) => sum + bytes, 0) / 1e6);
}

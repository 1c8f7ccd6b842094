import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { PlacedReplica } from '../../placement/placement-file.ts';
import { startOnEngine } from '../engine/start-on-engine.ts';
import type { OwnEngine } from '../engine/start-own-engine.ts';
import { startSteadyLoad } from '../http/steady-load.ts';
import { until } from '../stack/until.ts';
import { promise } from './promise.ts';

const SECTION = '4 Docker, the pinner and the disk';

/** Long enough that the log of the traffic below outgrows every pipe between Nginx and the engine that is away. */
const SECONDS_AWAY = 6;

/** What the kernel says, by the engine's own PIDs. */
async function cpusOf(engine: OwnEngine, { pid }: PlacedReplica): Promise<string> {
  const line = await engine.inside('grep', 'Cpus_allowed_list', `/proc/${pid}/status`);
  return line.split(/\s+/)[1] as string;
}

promise(
  SECTION,
  'dockerd is restarted (live-restore), and a replica crashes while it is away: 0 failed GETs, the pins hold, and the pinner places what crashed',
  async ({ full, measured }) => {
    await using started = await startOnEngine(2);
    const { engine, stack } = started;
    const signals = full ? (['SIGTERM', 'SIGKILL', 'SIGTERM', 'SIGKILL'] as const) : (['SIGTERM'] as const);
    for (const signal of signals) {
      const before = (await stack.placement()).replicas;
      const [first, second] = before as [PlacedReplica, PlacedReplica];
      const load = startSteadyLoad(stack.url, { perSecond: 200, keepAlive: false });
      await engine.stop(signal);
      for (const replica of before) expect(await cpusOf(engine, replica)).toBe(String(replica.core));
      await delay((SECONDS_AWAY / 2) * 1000);
      await engine.inside('kill', '-9', String(first.pid));
      await delay((SECONDS_AWAY / 2) * 1000);
      expect(await cpusOf(engine, second)).toBe(String(second.core));

      await engine.start();
      const backAt = performance.now();
      await until('all is well again', async () => {
        const { problems, replicas } = await stack.placement();
        return problems.length === 0 && replicas.every(({ state }) => state === 'serving');
      });
      const seconds = ((performance.now() - backAt) / 1000).toFixed(1);

      const { pid: again } = await stack.replica(first.replica);
      await engine.inside('kill', '-9', String(again));
      await until('what crashes now is placed, too', async () => {
        const { pid, state } = await stack.replica(first.replica);
        return state === 'serving' && pid !== again;
      });
      const { sent, failures, slowest } = await load.stop();
      expect(failures).toEqual([]);
      expect(slowest).toBeLessThan(2500);
      const after = (await stack.placement()).replicas;
      expect(after.map(({ container, core }) => [container, core])).toEqual(
        before.map(({ container, core }) => [container, core]),
      );
      for (const replica of after) expect(await cpusOf(engine, replica)).toBe(String(replica.core));
      measured(
        `${signal}: 0 of ${sent} failed, the slowest took ${Math.round(slowest)} ms; all placed ${seconds} s after dockerd answered`,
      );
    }
  },
);

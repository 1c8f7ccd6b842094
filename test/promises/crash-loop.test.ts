import { expect } from 'vitest';
import { startSteadyLoad } from '../http/steady-load.ts';
import { kernelCpus } from '../stack/kernel-cpus.ts';
import { killReplicas, untilBack } from '../stack/kill-replica.ts';
import { startStack } from '../stack/start-stack.ts';
import { promise } from './promise.ts';

promise(
  '1 Crashes',
  "a replica that crashes again and again is started ever later (Docker's backoff), and nobody else notices",
  async ({ full, measured }) => {
    await using stack = await startStack({ replicas: 3 });
    const before = await stack.placement();
    const others = before.replicas.filter(({ replica }) => replica !== 2);
    const { container } = await stack.replica(2);
    const list = () =>
      stack.compose('exec', '--no-TTY', 'nginx', 'cat', '/run/percore/placement/replicas.conf');
    const listBefore = await list();
    const load = startSteadyLoad(stack.url, { perSecond: 200 });

    const pauses: number[] = [];
    for (let crash = 0; crash < (full ? 8 : 5); crash += 1) {
      await untilBack(stack, [2], await killReplicas(stack, [2]));
      const state = await stack.inspect(container, '{{.State.FinishedAt}} {{.State.StartedAt}}');
      const [ended = Number.NaN, started = Number.NaN] = state.split(' ').map((time) => Date.parse(time));
      pauses.push(started - ended);
      // 100 ms, and twice as long after each life of less than 10 s.
      expect(pauses[crash]).toBeGreaterThanOrEqual(100 * 2 ** crash);
    }

    const { failures, sent } = await load.stop();
    expect(failures).toEqual([]);
    const now = (await stack.placement()).replicas.filter(({ replica }) => replica !== 2);
    expect(now).toEqual(others);
    for (const { pid, core } of now) expect(await kernelCpus(pid as number)).toBe(String(core));
    expect(await stack.replica(2)).toMatchObject({ container, core: before.replicas[1]?.core });
    expect(await list()).toBe(listBefore);
    const seconds = pauses.map((pause) => (pause / 1000).toFixed(1)).join(', ');
    measured(
      `started again after ${seconds} s; 0 of ${sent} GETs failed; the others' PIDs and cores are the same`,
    );
  },
);

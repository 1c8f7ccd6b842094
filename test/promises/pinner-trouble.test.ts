import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { startSteadyLoad } from '../http/steady-load.ts';
import { startDockerProxy } from '../stack/docker-proxy.ts';
import { kernelCpus } from '../stack/kernel-cpus.ts';
import { killReplicas, untilBack } from '../stack/kill-replica.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { promise } from './promise.ts';

const SECTION = '4 Docker, the pinner and the disk';

/** Every replica that runs is on the one core it was given, says the kernel. */
async function expectPins(stack: Stack): Promise<void> {
  for (const { pid, core } of (await stack.placement()).replicas) {
    if (pid !== null) expect(await kernelCpus(pid)).toBe(String(core));
  }
}

/** The file of the kernel's in which a container's cores stand: cgroups(7), version 2 and 1. */
function cpusetFile(pid: number): string {
  const groups = readFileSync(`/proc/${pid}/cgroup`, 'utf8');
  const first = /^\d+:cpuset:(.+)$/m.exec(groups)?.[1];
  return first === undefined
    ? `/sys/fs/cgroup${/^0::(.+)$/m.exec(groups)?.[1]}/cpuset.cpus`
    : `/sys/fs/cgroup/cpuset${first}/cpuset.cpus`;
}

const secondsSince = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

promise(
  SECTION,
  'the pinner is killed, and later stays away: 0 of 200 GETs/s fail, the pins hold, and when it is back it places who came',
  async ({ measured }) => {
    await using stack = await startStack({ replicas: 2 });
    const load = startSteadyLoad(stack.url, { perSecond: 200 });
    const pinner = (await stack.compose('ps', '--quiet', 'pinner')).trim();
    const pidOf = async () => Number(await stack.inspect(pinner, '{{.State.Pid}}'));
    const first = await pidOf();
    process.kill(first, 'SIGKILL');
    await until('Docker has started it again', async () => ![0, first].includes(await pidOf()));
    await expectPins(stack);

    await stack.compose('stop', 'pinner');
    await stack.compose('up', '--detach', '--no-recreate', '--no-deps', '--scale', 'app=3', 'app');
    const killed = await killReplicas(stack, [1]);
    await delay(1000);
    const { pid, core } = await stack.replica(2);
    expect(await kernelCpus(pid as number)).toBe(String(core));
    await stack.compose('start', 'pinner');
    const since = performance.now();
    await untilBack(stack, [1], killed);
    await stack.untilServedBy(3);
    const seconds = secondsSince(since);
    const { sent, failures } = await load.stop();
    expect(failures).toEqual([]);
    await expectPins(stack);
    measured(
      `0 of ${sent} failed; a new replica and one that had crashed meanwhile served ${seconds} s after its start`,
    );
  },
);

promise(
  SECTION,
  "Docker's API hangs while a replica crashes: 0 of 200 GETs/s fail, the pins hold, the file says why, and all is well when it goes on",
  async ({ full, measured }) => {
    const proxy = await startDockerProxy();
    try {
      await using stack = await startStack({
        replicas: 2,
        environment: { PERCORE_DOCKER_SOCKET: proxy.socket, PERCORE_RESYNC_SECONDS: '2' },
      });
      const load = startSteadyLoad(stack.url, { perSecond: 200 });
      proxy.hang();
      const killed = await killReplicas(stack, [1]);
      await until('the placement file says that Docker does not answer', async () => {
        return /does not answer/.test((await stack.placement()).problems.join());
      });
      if (full) await delay(20_000);
      const [, second] = (await stack.placement()).replicas;
      expect(await kernelCpus(second?.pid as number)).toBe(String(second?.core));
      proxy.goOn();
      const since = performance.now();
      await untilBack(stack, [1], killed);
      await until('nothing is wrong any more', async () => (await stack.placement()).problems.length === 0);
      const seconds = secondsSince(since);
      const { sent, failures } = await load.stop();
      expect(failures).toEqual([]);
      await expectPins(stack);
      measured(`0 of ${sent} failed; the crashed replica served ${seconds} s after Docker went on`);
    } finally {
      await proxy.close();
    }
  },
);

promise(
  SECTION,
  'cores that somebody else changes, through Docker or in the kernel behind its back, are right again within 10 s',
  async ({ measured }) => {
    await using stack = await startStack({ replicas: 2 });
    const { cores } = await stack.placement();
    const all = cores.map((each) => each.core).join(',');
    const load = startSteadyLoad(stack.url, { perSecond: 200 });
    const { container, pid, core } = await stack.replica(1);
    const changes = {
      'docker update': () => stack.updateCpuset(container, all),
      'the cgroup': async () => writeFileSync(cpusetFile(pid as number), all),
    };
    for (const [how, change] of Object.entries(changes)) {
      const since = performance.now();
      await change();
      const isRight = async () => (await kernelCpus(pid as number)) === String(core);
      await until('the kernel says one core again', isRight, { seconds: 10 });
      measured(`${how}: ${secondsSince(since)} s`);
    }
    expect((await load.stop()).failures).toEqual([]);
  },
);

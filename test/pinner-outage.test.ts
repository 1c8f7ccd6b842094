import { expect, test } from 'vitest';
import { startSteadyLoad } from './http/steady-load.ts';
import { kernelCpus } from './stack/kernel-cpus.ts';
import { startStack } from './stack/start-stack.ts';
import { until } from './stack/until.ts';

test('traffic goes on without the pinner, nobody new is served, and it catches up when it is back', async () => {
  await using stack = await startStack({ replicas: 2 });
  const load = startSteadyLoad(stack.url, { perSecond: 100 });
  await stack.compose('stop', 'pinner');

  await stack.compose('up', '--detach', '--no-recreate', '--no-deps', '--scale', 'app=4', 'app');
  const containers = (await stack.compose('ps', '--quiet', 'app')).split('\n');
  expect(containers).toHaveLength(4);

  await stack.compose('start', 'pinner');
  await stack.untilServedBy(4);
  const { failures, answers } = await load.stop();
  expect(failures).toEqual([]);
  for (const { headers } of answers) expect(headers['x-core']).toMatch(/^\d+$/);
  for (const { pid, core } of (await stack.placement()).replicas) {
    expect(await kernelCpus(pid as number)).toBe(String(core));
  }
});

test('a pinner that is killed comes back to what it had decided', async () => {
  await using stack = await startStack({ replicas: 3 });
  const before = (await stack.placement()).replicas;
  const container = (await stack.compose('ps', '--quiet', 'pinner')).trim();
  const pid = Number(await stack.inspect(container, '{{.State.Pid}}'));
  const load = startSteadyLoad(stack.url, { perSecond: 100 });
  process.kill(pid, 'SIGKILL');
  await until('the pinner runs again', async () => {
    const now = Number(await stack.inspect(container, '{{.State.Pid}}'));
    return now !== 0 && now !== pid;
  });

  const [first] = before;
  process.kill(first?.pid as number, 'SIGKILL');
  await until('the new pinner places what crashed', async () => {
    const { state, pid: now } = await stack.replica(1);
    return state === 'serving' && now !== first?.pid;
  });
  expect((await load.stop()).failures).toEqual([]);
  const after = (await stack.placement()).replicas;
  expect(after.map(({ container, core }) => [container, core])).toEqual(
    before.map(({ container, core }) => [container, core]),
  );
});

test('a cpuset that is changed behind its back is repaired', async () => {
  await using stack = await startStack({ replicas: 1 });
  const { container, pid, core } = await stack.replica(1);
  const { cores } = await stack.placement();
  const all = cores.map((each) => each.core).join(',');
  await stack.updateCpuset(container, all);
  await until(
    'the kernel says one core again',
    async () => (await kernelCpus(pid as number)) === String(core),
  );
});

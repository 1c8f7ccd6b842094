import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startSteadyLoad } from './http/steady-load.ts';
import { kernelCpus } from './stack/kernel-cpus.ts';
import { startStack } from './stack/start-stack.ts';
import { until } from './stack/until.ts';

test('a replica that is killed loses no request, and comes back on its core with a new PID', async () => {
  await using stack = await startStack({ replicas: 3 });
  const before = await stack.replica(2);
  const listBefore = await stack.compose(
    'exec',
    '--no-TTY',
    'nginx',
    'cat',
    '/run/percore/placement/replicas.conf',
  );
  const load = startSteadyLoad(stack.url, { perSecond: 100, paths: ['/', '/pid', '/api/1000000'] });

  process.kill(before.pid as number, 'SIGKILL');
  await until('the replica serves again', async () => {
    const now = await stack.replica(2);
    return now.state === 'serving' && now.pid !== before.pid;
  });
  await stack.untilServedBy(3);

  const { failures, sent } = await load.stop();
  expect(failures).toEqual([]);
  expect(sent).toBeGreaterThan(50);
  const after = await stack.replica(2);
  expect(after).toMatchObject({ container: before.container, core: before.core, socket: before.socket });
  expect(await kernelCpus(after.pid as number)).toBe(String(before.core));
  const listAfter = await stack.compose(
    'exec',
    '--no-TTY',
    'nginx',
    'cat',
    '/run/percore/placement/replicas.conf',
  );
  expect(listAfter).toBe(listBefore);
});

test('no reply names the PID of an earlier life', async () => {
  await using stack = await startStack({ replicas: 1 });
  const first = await stack.replica(1);
  process.kill(first.pid as number, 'SIGKILL');
  // What reaches a process that is just dying is broken off: 502, rightly.
  await until('nothing of it answers any more', async () => !existsSync(`/proc/${first.pid}/fd/0`));
  const load = startSteadyLoad(stack.url, { perSecond: 100, paths: ['/pid'] });
  await until('the replica serves again', async () => {
    const { state, pid } = await stack.replica(1);
    return state === 'serving' && pid !== first.pid;
  });
  await stack.untilServedBy(1);
  const { answers } = await load.stop();
  const { pid } = await stack.replica(1);
  const served = answers.filter(({ status }) => status === 200);
  expect(served.length).toBeGreaterThan(0);
  expect(new Set(served.map(({ body }) => body))).toEqual(
    new Set([`Which PID handled this process: ${pid}`]),
  );
  for (const { status, headers } of answers.filter((answer) => answer.status !== 200)) {
    expect(status).toBe(503);
    expect(headers['retry-after']).toMatch(/^\d+$/);
  }
});

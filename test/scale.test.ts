import { expect, test } from 'vitest';
import type { PlacementFile } from '../placement/placement-file.ts';
import { get } from './http/get.ts';
import { startSteadyLoad } from './http/steady-load.ts';
import { kernelCpus } from './stack/kernel-cpus.ts';
import { startStack } from './stack/start-stack.ts';

/** How many replicas sit on each core that has any. */
function replicasPerCore({ replicas }: PlacementFile): number[] {
  return [...Map.groupBy(replicas, ({ core }) => core).values()].map((group) => group.length);
}

test('scaling 2 -> 6 -> 3 under load loses nothing, and nobody unpinned ever answers', async () => {
  await using stack = await startStack({ replicas: 2 });
  const load = startSteadyLoad(stack.url, { perSecond: 100, paths: ['/', '/pid', '/api/100000000'] });
  const firstTwo = (await stack.placement()).replicas;

  await stack.scale(6);
  await stack.untilServedBy(6);
  const six = await stack.placement();
  expect(six.replicas.slice(0, 2)).toEqual(firstTwo);
  expect(Math.max(...replicasPerCore(six)) - Math.min(...replicasPerCore(six))).toBeLessThanOrEqual(1);
  expect(six.oversubscribed).toBe(six.cores.length < 6);
  if (six.oversubscribed) expect(six.problems.join()).toMatch(/6 replicas share \d+ cores/);
  for (const { pid, core } of six.replicas) expect(await kernelCpus(pid as number)).toBe(String(core));

  await stack.scale(3);
  await stack.untilServedBy(3);
  const three = await stack.placement();
  expect(Math.max(...replicasPerCore(three)) - Math.min(...replicasPerCore(three))).toBeLessThanOrEqual(1);

  const { failures, answers } = await load.stop();
  expect(failures).toEqual([]);
  for (const { headers } of answers) expect(headers['x-core']).toMatch(/^\d+$/);
  expect((await get(`${stack.url}/pid`)).status).toBe(200);
});

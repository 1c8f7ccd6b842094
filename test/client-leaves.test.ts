import { expect, test } from 'vitest';
import { get } from './http/get.ts';
import { cpuTicks } from './stack/cpu-ticks.ts';
import { startStack } from './stack/start-stack.ts';
import { until } from './stack/until.ts';

test('a client that leaves stops the loop, through Nginx too', async () => {
  await using stack = await startStack({ replicas: 1, environment: { PERCORE_MAX_SUMS: '100' } });
  const { pid } = await stack.replica(1);
  const leave = new AbortController();
  // A hundred of the longest sums: half a minute of work and more for one core.
  const sums = Array.from({ length: 100 }, () =>
    get(`${stack.url}/api/5000000000`, { signal: leave.signal }).catch((error: Error) => error.name),
  );
  const atStart = await cpuTicks(pid as number);
  await until('the loop runs', async () => (await cpuTicks(pid as number)) > atStart + 20);

  leave.abort();
  expect(await Promise.all(sums)).toEqual(Array.from({ length: 100 }, () => 'AbortError'));
  let before = await cpuTicks(pid as number);
  await until(
    'the replica is quiet: no more than 1 tick of 10 ms in some 250 ms',
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 250));
      const now = await cpuTicks(pid as number);
      const used = now - before;
      before = now;
      return used <= 1;
    },
    { seconds: 5 },
  );
});

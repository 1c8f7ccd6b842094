import { afterEach, expect, test } from 'vitest';
import { get } from './http/get.ts';
import { type DockerProxy, startDockerProxy } from './stack/docker-proxy.ts';
import { startStack } from './stack/start-stack.ts';
import { until } from './stack/until.ts';

let proxy: DockerProxy | undefined;
afterEach(() => proxy?.close());

test.each([
  ['refuses', { refuse: 'cgroup controller cpuset is not delegated' }, /not delegated/],
  [
    'accepts and ignores',
    { ignore: 'Your kernel does not support cpuset. Cpuset discarded.' },
    /discarded|0-\d|0,1/,
  ],
])(
  'where Docker %s the cpuset, the replica is not served and the reason is told',
  async (_, fault, reason) => {
    proxy = await startDockerProxy(fault);
    await using stack = await startStack({
      replicas: 1,
      serving: 0,
      environment: { PERCORE_DOCKER_SOCKET: proxy.socket },
    });
    await until('the replica is refused', async () => (await stack.replica(1)).state === 'refused');
    expect((await stack.replica(1)).problem).toMatch(reason);
    expect(await stack.compose('logs', '--no-log-prefix', 'pinner')).toMatch(reason);
    const answer = await get(`${stack.url}/pid`);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
  },
);

test('unpinned replicas serve where they are allowed to, and say that they are unpinned', async () => {
  proxy = await startDockerProxy({ refuse: 'cgroup controller cpuset is not delegated' });
  await using stack = await startStack({
    replicas: 1,
    serving: 0,
    environment: { PERCORE_DOCKER_SOCKET: proxy.socket, PERCORE_ALLOW_UNPINNED: 'true' },
  });
  await until('it serves', async () => (await get(`${stack.url}/pid`)).status === 200);
  expect((await get(`${stack.url}/pid`)).headers['x-core']).toBe('none');
  expect(await stack.replica(1)).toMatchObject({
    state: 'unpinned',
    core: null,
    problem: expect.any(String),
  });
});

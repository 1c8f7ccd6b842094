import { expect, test } from 'vitest';
import { get } from './http/get.ts';
import { startSteadyLoad } from './http/steady-load.ts';
import { startStack } from './stack/start-stack.ts';
import { until } from './stack/until.ts';

const BY_REQUEST = ['round_robin', 'least_conn', 'ip_hash', 'cookie'] as const;
const PORTS = ['main', ...BY_REQUEST] as const;

test('scaling 2 -> 4 -> 3 and a crash lose no request in any mode, and per connection none but those in flight', async () => {
  await using stack = await startStack({ replicas: 2 });
  const loads = BY_REQUEST.map((mode) => startSteadyLoad(stack.urlOf(mode), { perSecond: 30 }));
  const connections = startSteadyLoad(stack.urlOf('per_connection'), { perSecond: 30 });

  await stack.scale(4);
  await stack.untilServedBy(4);
  let mayBreak = connections.connections();
  await stack.scale(3);
  await stack.untilServedBy(3);

  const { pid } = await stack.replica(2);
  mayBreak += connections.connections();
  process.kill(pid as number, 'SIGKILL');
  await until('the replica serves again', async () => {
    const now = await stack.replica(2);
    return now.state === 'serving' && now.pid !== pid;
  });
  await stack.untilServedBy(3);

  for (const load of loads) {
    const { failures, sent } = await load.stop();
    expect(failures).toEqual([]);
    expect(sent).toBeGreaterThan(30);
  }
  // A connection breaks but once, and takes one request with it.
  const { failures, sent } = await connections.stop();
  expect(failures.length).toBeLessThanOrEqual(mayBreak);
  for (const failure of failures) expect(failure).toMatch(/ECONNRESET|socket hang up/);
  expect(sent).toBeGreaterThan(30);
});

test('without any replica a request is told so, and a connection is closed', async () => {
  await using stack = await startStack({ replicas: 2 });
  await stack.compose('stop', 'app');
  for (const port of PORTS) {
    const answer = await get(`${stack.urlOf(port)}/pid`, { headers: { origin: stack.url } });
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    // A page has to be able to read why.
    expect(answer.headers['access-control-allow-origin']).toBe(port === 'cookie' ? stack.url : '*');
  }
  await expect(get(`${stack.urlOf('per_connection')}/pid`)).rejects.toThrow(/socket hang up|ECONNRESET/);

  await stack.compose('start', 'app');
  for (const port of [...PORTS, 'per_connection'] as const) {
    await until(`${port} serves`, async () => (await get(`${stack.urlOf(port)}/pid`)).status === 200);
  }
});

import { Agent } from 'node:http';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countReplicas, replicaOf } from './http/count-replicas.ts';
import { get } from './http/get.ts';
import { cpuTicks } from './stack/cpu-ticks.ts';
import { type Stack, startStack } from './stack/start-stack.ts';
import { until } from './stack/until.ts';

describe('each mode has a port of its own', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ replicas: 3 });
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  /** Sends all its requests through one connection. */
  const oneConnection = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 });

  test('round robin: of 60 requests each of 3 replicas answers just 20, on however many connections', async () => {
    const url = `${stack.urlOf('round_robin')}/pid`;
    const agent = oneConnection();
    expect(await countReplicas(30, () => get(url, { agent }))).toEqual({ '1': 10, '2': 10, '3': 10 });
    agent.destroy();
    expect(await countReplicas(30, () => get(url))).toEqual({ '1': 10, '2': 10, '3': 10 });
  });

  test('least_conn: a replica that is busy with a long sum gets nothing else', async () => {
    const url = stack.urlOf('least_conn');
    const { replicas } = await stack.placement();
    const ticks = () => Promise.all(replicas.map(({ pid }) => cpuTicks(pid as number)));
    const before = await ticks();
    let finished = false;
    const sum = get(`${url}/api/5000000000`).finally(() => {
      finished = true;
    });
    await until('somebody sums', async () =>
      (await ticks()).some((now, at) => now > (before[at] ?? now) + 3),
    );
    const counts = await countReplicas(10, () => get(`${url}/pid`));
    expect(finished).toBe(false);
    const busy = replicaOf(await sum);
    expect(Object.keys(counts)).toHaveLength(2);
    expect(counts).not.toHaveProperty(busy);
  });

  test('ip_hash: the first three octets of a forwarded address choose', async () => {
    const ask = (address: string) =>
      get(`${stack.urlOf('ip_hash')}/pid`, { headers: { 'x-forwarded-for': address } }).then(replicaOf);
    const networks = Array.from({ length: 30 }, (_, third) => `198.51.${third}`);
    const chosen = await Promise.all(networks.map((network) => ask(`${network}.7`)));
    expect(new Set(chosen)).toEqual(new Set(['1', '2', '3']));
    expect(await Promise.all(networks.map((network) => ask(`${network}.200`)))).toEqual(chosen);
    const unnamed = await countReplicas(12, () => get(`${stack.urlOf('ip_hash')}/pid`));
    expect(Object.values(unnamed)).toEqual([12]);
  });

  test('cookie: each jar leads to one replica, and new jars spread', async () => {
    const url = `${stack.urlOf('cookie')}/pid`;
    const first: string[] = [];
    for (let jar = 0; jar < 6; jar += 1) {
      const answer = await get(url);
      const [cookie = ''] = String(answer.headers['set-cookie']?.[0]).split(';');
      expect(cookie).toMatch(/^percore_lab=[0-9a-f]{32}$/);
      expect(await countReplicas(6, () => get(url, { headers: { cookie } }))).toEqual({
        [replicaOf(answer)]: 6,
      });
      first.push(replicaOf(answer));
    }
    expect(first.toSorted()).toEqual(['1', '1', '2', '2', '3', '3']);
  });

  test('per connection: one connection has one replica, and connections spread evenly', async () => {
    const url = `${stack.urlOf('per_connection')}/pid`;
    for (let connection = 0; connection < 3; connection += 1) {
      const agent = oneConnection();
      expect(Object.values(await countReplicas(12, () => get(url, { agent })))).toEqual([12]);
      agent.destroy();
    }
    expect(await countReplicas(30, () => get(url))).toEqual({ '1': 10, '2': 10, '3': 10 });
  });

  test('per connection: what cannot be read is refused by Node itself', async () => {
    const answer = await get(`${stack.urlOf('per_connection')}/pid`, {
      headers: { long: 'x'.repeat(20_000) },
    });
    expect(answer).toMatchObject({ status: 431, headers: { 'x-replica': expect.stringMatching(/^[123]$/) } });
    expect(answer.headers).not.toHaveProperty('server');
  });

  test.each(['round_robin', 'least_conn', 'ip_hash', 'cookie'] as const)(
    '%s: a favicon takes no turn, and refusals of Nginx are problem bodies',
    async (mode) => {
      expect((await get(`${stack.urlOf(mode)}/favicon.ico`)).status).toBe(204);
      const refusal = await get(`${stack.urlOf(mode)}/${'x'.repeat(9000)}`);
      expect(refusal).toMatchObject({ status: 414, headers: { 'content-type': 'application/problem+json' } });
      expect((await get(`${stack.urlOf(mode)}/lab/`)).status).toBe(404);
    },
  );

  test('each connection of the port per connection is a line of the log', async () => {
    await get(`${stack.urlOf('per_connection')}/pid`);
    await until('it is written', async () => {
      // Compose clears the terminal's line before each.
      const log = stripVTControlCharacters(await stack.compose('logs', '--no-log-prefix', 'nginx'));
      const line = log.split('\n').findLast((each) => each.includes('"port":8085'));
      const entry = JSON.parse(line ?? '{}') as Record<string, unknown>;
      return /^unix:.*\.sock$/.test(String(entry.upstream)) && Number(entry.bytes_out) > 200;
    });
  });
});

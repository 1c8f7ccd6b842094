import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { get } from './http/get.ts';
import { setSticky } from './stack/set-sticky.ts';
import { type Stack, startStack } from './stack/start-stack.ts';
import { until } from './stack/until.ts';

/** Thirty clients, each in a /24 of its own: ip_hash looks at the first three octets of an IPv4 address. */
const clients = Array.from({ length: 30 }, (_, index) => `198.51.${index}.7`);

async function replicaOf(stack: Stack, client: string): Promise<string> {
  const { headers } = await get(`${stack.url}/pid`, { headers: { 'x-forwarded-for': client } });
  return String(headers['x-replica']);
}

async function mapping(stack: Stack): Promise<Record<string, string>> {
  const entries = await Promise.all(clients.map(async (client) => [client, await replicaOf(stack, client)]));
  return Object.fromEntries(entries) as Record<string, string>;
}

test('ip_hash sends an address to one replica, other /24s elsewhere, and a crash moves nobody else', async () => {
  await using stack = await startStack({ replicas: 3 });
  await writeFile(
    join(stack.nginxFolder, 'trusted-proxies.conf'),
    'set_real_ip_from 172.16.0.0/12;\nset_real_ip_from 192.168.0.0/16;\n',
  );
  await setSticky(stack, 'ip_hash');

  const before = await mapping(stack);
  expect(new Set(Object.values(before))).toEqual(new Set(['1', '2', '3']));
  expect(await mapping(stack)).toEqual(before);
  const [client] = clients as [string];
  expect(await replicaOf(stack, client.replace(/\d+$/, '200'))).toBe(before[client]);

  const crashed = await stack.replica(2);
  process.kill(crashed.pid as number, 'SIGKILL');
  const during = await mapping(stack);
  for (const each of clients) if (before[each] !== '2') expect(during[each]).toBe(before[each]);

  await until('the replica serves again', async () => {
    const { state, pid } = await stack.replica(2);
    return state === 'serving' && pid !== crashed.pid;
  });
  await until('the mapping is as it was', async () => {
    return JSON.stringify(await mapping(stack)) === JSON.stringify(before);
  });
});

test('a forwarded address is believed from nobody by default', async () => {
  await using stack = await startStack({ replicas: 3 });
  await setSticky(stack, 'ip_hash');
  expect(new Set(Object.values(await mapping(stack))).size).toBe(1);
});

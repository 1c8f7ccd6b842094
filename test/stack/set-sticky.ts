import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { get } from '../http/get.ts';
import type { Stack } from './start-stack.ts';
import { until } from './until.ts';

/** Uncomments one line of the stack's own `sticky.conf`, as a person does, and waits until it shows. */
export async function setSticky(
  stack: Stack,
  mode: 'ip_hash' | 'sticky cookie' | 'least_conn',
): Promise<void> {
  const file = join(stack.nginxFolder, 'sticky.conf');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(new RegExp(`^#\\s*(${mode}\\b.*;)`, 'm'), '$1'));
  if (mode === 'ip_hash')
    await until('one address gets one replica', async () => (await replicas(stack)).size === 1);
  if (mode === 'sticky cookie') {
    await until('a cookie is set', async () => 'set-cookie' in (await get(`${stack.url}/pid`)).headers);
  }
}

async function replicas(stack: Stack): Promise<Set<unknown>> {
  const answers = await Promise.all(Array.from({ length: 8 }, () => get(`${stack.url}/pid`)));
  return new Set(answers.map(({ headers }) => headers['x-replica']));
}

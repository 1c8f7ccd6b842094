import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { get } from '../http/get.ts';
import type { Stack } from './start-stack.ts';
import { until } from './until.ts';

/** Uncomments one line of the stack's own `sticky.conf`, as a person does, and waits until it is in force. */
export async function setSticky(
  stack: Stack,
  mode: 'ip_hash' | 'sticky cookie' | 'least_conn',
): Promise<void> {
  const file = join(stack.nginxFolder, 'sticky.conf');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(new RegExp(`^#\\s*(${mode}\\b.*;)`, 'm'), '$1'));
  const active = `"sticky":"${mode.replace('sticky ', '')}"`;
  await until(`${mode} is in force`, async () => {
    return (await get(`${stack.url}/lab/modes.json`)).body.includes(active);
  });
}

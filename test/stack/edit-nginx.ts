import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Stack } from './start-stack.ts';
import { until } from './until.ts';

/**
 * Edits a file of the stack's own `nginx` folder as a person does, and waits until it is in force.
 * @throws Error when the edit changes nothing
 */
export async function editNginx(stack: Stack, file: string, edit: (text: string) => string): Promise<void> {
  const path = join(stack.nginxFolder, file);
  const before = await readFile(path, 'utf8');
  const after = edit(before);
  if (after === before) throw new Error(`The edit has changed nothing in ${file}.`);
  const reloads = await countReloads(stack);
  await writeFile(path, after);
  await until(`the change of ${file} is in force`, async () => (await countReloads(stack)) > reloads);
}

/** Nginx's script says so when no worker of the earlier configuration takes anything any more. */
async function countReloads(stack: Stack): Promise<number> {
  const log = stripVTControlCharacters(await stack.compose('logs', '--no-log-prefix', 'nginx'));
  return log.split('\n').filter((line) => line.startsWith('percore: reloaded')).length;
}
